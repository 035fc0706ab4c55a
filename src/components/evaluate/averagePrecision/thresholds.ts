import { create } from "d3";
import { cocoParameters } from "../../../coco/parameters.js";
import { drawnToWidth } from "../../page/drawnToWidth.js";
import { exampleCategories } from "./example.js";
import type { ApStore } from "./store.js";
import { thresholdStrip } from "./thresholdStrip.js";
import { fractionText } from "./words.js";

/** The example's curve at each IoU threshold, side by side, and the mean of their averages: AP. */
export function apThresholds(store: ApStore): HTMLElement {
  const figure = create<HTMLElement>("figure").attr("class", "ap-thresholds");
  const place = figure.append("div").attr("class", "strip-place");
  const caption = figure.append("figcaption");
  const details = figure.append("details");
  details.append("summary").text("The same as a table");
  const table = details.append("table");
  table
    .append("thead")
    .append("tr")
    .selectAll("th")
    .data(["IoU of at least", "Mean precision"])
    .join("th")
    .attr("scope", "col")
    .attr("class", "number")
    .text((text) => text);
  const rows = table
    .append("tbody")
    .selectAll("tr")
    .data(cocoParameters.iouThresholds)
    .join((enter) => {
      const row = enter.append("tr");
      row
        .append("th")
        .attr("scope", "row")
        .attr("class", "number")
        .text((threshold) => threshold.toFixed(2));
      row.append("td").attr("class", "number");
      return row;
    });

  const draw = drawnToWidth(place.node()!, (width) => {
    const { measure, view } = store.shown;
    return thresholdStrip(measure.curves, measure.averagePrecisions, { width, chosen: view.threshold });
  });
  store.follow(({ measure: { averagePrecisions }, view }) => {
    draw();
    const mean = averagePrecisions.reduce((sum, value) => sum + value, 0) / averagePrecisions.length;
    const sizes = view.area === "all" ? "of all sizes" : `that are ${view.area}`;
    const name = exampleCategories[view.category]!;
    caption.text(
      `${name[0]!.toUpperCase()}${name.slice(1)}s ${sizes}, an image’s best ${view.maxDets}. Mean of the ten: `,
    );
    caption.append("strong").text(`AP = ${fractionText(mean)}`);
    rows.select("td").text((_, index) => fractionText(averagePrecisions[index]!));
  });
  return figure.node()!;
}
