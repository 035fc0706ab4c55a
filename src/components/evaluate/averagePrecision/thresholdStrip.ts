import { create, scaleLinear } from "d3";
import { cocoParameters } from "../../../coco/parameters.js";
import { fractionText } from "./words.js";

export interface ThresholdStripOptions {
  /** In pixels; below 560 the small curves stand in two rows. */
  readonly width?: number;
  /** Index of the threshold that is set apart. */
  readonly chosen?: number;
}

const ink = "var(--theme-foreground, #1b1e23)";
const muted = "var(--theme-foreground-muted, #5f6368)";
const faintest = "var(--theme-foreground-faintest, #dddddd)";
const accent = "var(--theme-foreground-focus, #2b51b0)";

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
  const round = (value: number): number => Math.round(value * 10) / 10;
  const svg = create<SVGSVGElement>("svg:svg")
    .attr("class", "threshold-strip")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("font-family", "var(--sans-serif, system-ui, sans-serif)")
    .attr("font-size", 12)
    .attr("text-anchor", "middle")
    .attr("role", "img")
    .attr(
      "aria-label",
      `Average precision by IoU threshold: ${averagePrecisions
        .map((value, index) => `${iouThresholds[index]!.toFixed(2)}: ${fractionText(value)}`)
        .join(", ")}`,
    );
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
      .attr("x", round(left))
      .attr("y", top)
      .attr("width", round(side))
      .attr("height", round(side))
      .attr("fill", "none")
      .attr("stroke", isChosen ? ink : faintest)
      .attr("stroke-width", isChosen ? 2 : 1);
    if (curve.every((precision) => precision >= 0)) {
      const outline = curve.map(
        (precision, r) => `H${round(x(recallThresholds[r]!))}V${round(y(precision))}`,
      );
      group
        .append("path")
        .attr("d", `M${round(left)},${round(top + side)}${outline.join("")}V${round(top + side)}Z`)
        .attr("fill", accent)
        .attr("fill-opacity", 0.35)
        .attr("stroke", accent);
    }
    const text = (atY: number, words: string) =>
      group
        .append("text")
        .attr("x", round(left + side / 2))
        .attr("y", round(atY))
        .text(words);
    text(top - 6, threshold.toFixed(2)).attr("fill", isChosen ? ink : muted);
    text(top + side + 16, fractionText(averagePrecisions[index]!))
      .attr("fill", ink)
      .attr("font-weight", 600);
  });
  return svg.node()!;
}
