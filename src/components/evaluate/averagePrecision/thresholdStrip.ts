import { scaleLinear } from "d3";
import { cocoParameters } from "../../../coco/parameters.js";
import { chart, describeImage, tenth } from "../../charts/drawing.js";
import { accent, faintest, foreground, muted } from "../../charts/palette.js";
import { fractionText } from "./words.js";

interface ThresholdStripOptions {
  /** In pixels; below 560 the small curves stand in two rows. */
  readonly width?: number;
  /** Index of the threshold that is set apart. */
  readonly chosen?: number;
}

/**
 * The curve at each IoU threshold, small, with the mean of its precisions.
 *
 * @param curves `[iouThresholds][recallThresholds]` of precisions; −1 where there is nothing to be found
 * @param averagePrecisions one a threshold; −1 likewise
 */
export function thresholdStrip(
  curves: readonly (readonly number[])[],
  averagePrecisions: readonly number[],
  { width = 1120, chosen }: ThresholdStripOptions = {},
): SVGSVGElement {
  const { iouThresholds, recallThresholds } = cocoParameters;
  const perRow = width < 560 ? iouThresholds.length / 2 : iouThresholds.length;
  const cell = width / perRow;
  const side = Math.min(cell - 10, 100);
  const rowHeight = side + 46;
  const height = Math.ceil(iouThresholds.length / perRow) * rowHeight;
  const svg = chart("threshold-strip", width, height).attr("text-anchor", "middle");
  const values = averagePrecisions.map(
    (value, index) => `${iouThresholds[index]!.toFixed(2)}: ${fractionText(value)}`,
  );
  describeImage(svg, `Average precision by IoU threshold: ${values.join(", ")}`);
  iouThresholds.forEach((threshold, index) => {
    const left = (index % perRow) * cell + (cell - side) / 2;
    const top = Math.floor(index / perRow) * rowHeight + 18;
    const x = scaleLinear([0, 1], [left, left + side]);
    const y = scaleLinear([0, 1], [top + side, top]);
    const curve = curves[index]!;
    const isChosen = index === chosen;
    const group = svg.append("g").attr("class", isChosen ? "chosen" : null);
    group
      .append("rect")
      .attr("x", tenth(left))
      .attr("y", top)
      .attr("width", tenth(side))
      .attr("height", tenth(side))
      .attr("fill", "none")
      .attr("stroke", isChosen ? foreground : faintest)
      .attr("stroke-width", isChosen ? 2 : 1);
    if (curve.every((precision) => precision >= 0)) {
      const outline = curve.map(
        (precision, r) => `H${tenth(x(recallThresholds[r]!))}V${tenth(y(precision))}`,
      );
      group
        .append("path")
        .attr("d", `M${tenth(left)},${tenth(top + side)}${outline.join("")}V${tenth(top + side)}Z`)
        .attr("fill", accent)
        .attr("fill-opacity", 0.35)
        .attr("stroke", accent);
    }
    const text = (atY: number, words: string) =>
      group
        .append("text")
        .attr("x", tenth(left + side / 2))
        .attr("y", tenth(atY))
        .text(words);
    text(top - 6, threshold.toFixed(2)).attr("fill", isChosen ? foreground : muted);
    text(top + side + 16, fractionText(averagePrecisions[index]!))
      .attr("fill", foreground)
      .attr("font-weight", 600);
  });
  return svg.node()!;
}
