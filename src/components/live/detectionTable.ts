import { create, select } from "d3";
import type { FoundObject } from "../../messages/detection.js";
import { shownText } from "../../text/shownText.js";
import { numbers, scrollRegion, table } from "../tables/table.js";
import { classLook } from "./detectedObjects.js";

/** Letters of a class's name in a row. */
const mostOfName = 40;

export interface DetectionTable {
  readonly element: HTMLElement;
  rows(objects: readonly FoundObject[], classes: readonly string[]): void;
  point(index: number | null): void;
}

/** The boxes of a picture as a table, best first. */
export function detectionTable({
  pointed,
}: {
  readonly pointed?: (index: number | null) => void;
} = {}): DetectionTable {
  const region = scrollRegion("The boxes as a table");
  region.append(
    table({
      className: "detection-table",
      caption: "Scores from 0 to 1; lengths in pixels of the picture.",
      columns: ["Class", ...["Score", "Left", "Top", "Width", "Height"].map(numbers)],
    }),
  );
  const body = select(region).select("tbody");

  return {
    element: region,
    rows(objects, classes) {
      const rows = body
        .selectAll<HTMLTableRowElement, FoundObject>("tr")
        .data(objects)
        .join("tr")
        .on("pointerenter", (_, object) => pointed?.(objects.indexOf(object)))
        .on("pointerleave", () => pointed?.(null));
      rows.selectChildren().remove();
      rows
        .append("th")
        .attr("scope", "row")
        .each(function ({ name }) {
          this.append(classSwatch(classes.indexOf(name)), shownText(name, mostOfName));
        });
      rows
        .selectAll("td")
        .data(({ score, bbox }) => [score.toFixed(2), ...bbox.map((value) => value.toFixed(0))])
        .join("td")
        .attr("class", "number")
        .text((value) => value);
    },
    point(index) {
      body.selectAll("tr").classed("pointed", (_, i) => i === index);
    },
  };
}

/** A small box as a class's boxes look. */
export function classSwatch(index: number): HTMLElement {
  const { colour, line } = classLook(index);
  return create("span")
    .attr("class", "class-swatch")
    .attr("aria-hidden", "true")
    .style("--class-colour", colour)
    .style("border-style", line)
    .node()!;
}
