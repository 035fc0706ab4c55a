import { create } from "d3";
import type { FoundObject } from "../../messages/detection.js";
import { classLook } from "./detectedObjects.js";

export interface DetectionTable {
  readonly element: HTMLElement;
  rows(objects: readonly FoundObject[], classes: readonly string[]): void;
  point(index: number | null): void;
}

const columns = ["Class", "Score", "Left", "Top", "Width", "Height"];

/** The boxes of a picture as a table, best first: what the picture shows, in words. */
export function detectionTable({
  pointed,
}: {
  readonly pointed?: (index: number | null) => void;
} = {}): DetectionTable {
  const region = create("div")
    .attr("class", "scroll")
    .attr("tabindex", 0)
    .attr("role", "region")
    .attr("aria-label", "The boxes as a table");
  const table = region.append("table").attr("class", "detection-table");
  table.append("caption").text("Scores from 0 to 1; lengths in pixels of the picture.");
  table
    .append("thead")
    .append("tr")
    .selectAll("th")
    .data(columns)
    .join("th")
    .attr("scope", "col")
    .classed("number", (_, index) => index > 0)
    .text((label) => label);
  const body = table.append("tbody");

  return {
    element: region.node()!,
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
          this.append(classSwatch(classes.indexOf(name)), name);
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
