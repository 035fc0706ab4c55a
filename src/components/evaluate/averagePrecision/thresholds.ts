import { create } from "d3";
import { cocoParameters } from "../../../coco/parameters.js";
import { drawnToWidth } from "../../page/drawnToWidth.js";
import { numbers, table } from "../../tables/table.js";
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
  const tablePlace = details.append("div").node()!;

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
    tablePlace.replaceChildren(
      table({
        caption: "Mean precision at each IoU threshold",
        captionShown: false,
        columns: [numbers("IoU of at least"), numbers("Mean precision")],
        rows: cocoParameters.iouThresholds.map((threshold, index) => [
          threshold.toFixed(2),
          fractionText(averagePrecisions[index]!),
        ]),
      }),
    );
  });
  return figure.node()!;
}
