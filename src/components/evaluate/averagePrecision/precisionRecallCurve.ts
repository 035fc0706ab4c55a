import type { Selection } from "d3";
import { cocoParameters } from "../../../coco/parameters.js";
import { chart } from "../../charts/drawing.js";
import { accent, background, faintest, foreground, muted } from "../../charts/palette.js";
import {
  drawPrecisionRecallAxes,
  precisionRecallScales,
  type PrecisionRecallScales as Scales,
} from "../../charts/precisionRecallAxes.js";
import { outline } from "../../charts/text.js";
import { type CurvePoint, envelopeOf, type PrecisionRecallCurve } from "./curve.js";
import { fractionText, verdictSigns } from "./words.js";

interface PrecisionRecallOptions {
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  /** What the average precision is called: "AP at IoU 0.50". */
  readonly name?: string;
}

type Group<Element extends SVGElement = SVGGElement> = Selection<Element, undefined, null, undefined>;

/**
 * A precision-recall curve as it grows: one point per detection, a circle for a right one and a cross for a wrong one;
 * above them the envelope, and below it a line at each recall that is read. The part of the ranking that is not taken
 * yet is faint. Each point carries its detection's index as `data-detection`.
 *
 * @param taken of the detections taken so far
 * @param whole of all of them
 */
export function precisionRecallCurve(
  taken: PrecisionRecallCurve,
  whole: PrecisionRecallCurve,
  { width = 520, height = 380, name = "AP" }: PrecisionRecallOptions = {},
): SVGSVGElement {
  const scales = precisionRecallScales({ left: 38, top: 26, right: width - 12, bottom: height - 36 });
  const svg = chart("precision-recall", width, height)
    .attr("role", "group")
    .attr("aria-label", `Precision against recall. ${sentenceOf(taken, name)}`);
  const backdrop = svg.append("g").attr("aria-hidden", "true");
  drawPrecisionRecallAxes(backdrop, scales, { recall: height - 4, precision: 12 });
  drawSamples(backdrop, scales, taken);
  drawLine(backdrop, scales, whole.points, "rest", faintest);
  drawLine(backdrop, scales, taken.points, "raw", muted);
  drawEnvelope(backdrop, scales, taken);
  drawPoints(svg, scales, whole, taken.points.length);
  svg
    .append("text")
    .attr("aria-hidden", "true")
    .attr("x", scales.frame.left + 10)
    .attr("y", scales.frame.bottom - 12)
    .attr("font-size", 15)
    .attr("font-weight", 600)
    .attr("fill", foreground)
    .call(outline, 4)
    .text(`${name} = ${fractionText(taken.averagePrecision)}`);
  return svg.node()!;
}

function drawSamples(backdrop: Group, { frame, x, y }: Scales, { sampled }: PrecisionRecallCurve): void {
  const lines = cocoParameters.recallThresholds.map((recall, index) => {
    const precision = sampled[index] ?? 0;
    return precision === 0 ? "" : `M${x(recall)},${frame.bottom}V${y(precision)}`;
  });
  backdrop
    .append("path")
    .attr("class", "samples")
    .attr("d", lines.join("") || null)
    .attr("stroke", accent)
    .attr("stroke-opacity", 0.4)
    .attr("stroke-width", 1.5);
}

function drawLine(
  backdrop: Group,
  { x, y }: Scales,
  points: readonly CurvePoint[],
  name: string,
  stroke: string,
): void {
  const places = points
    .filter(({ verdict }) => verdict !== "ignored")
    .map(({ recall, precision }) => `${x(recall)},${y(precision)}`);
  backdrop
    .append("path")
    .attr("class", name)
    .attr("d", places.length === 0 ? null : `M${places.join("L")}`)
    .attr("fill", "none")
    .attr("stroke", stroke)
    .attr("stroke-width", 1.5);
}

function drawEnvelope(
  backdrop: Group,
  { frame, x, y }: Scales,
  { points, positives }: PrecisionRecallCurve,
): void {
  const envelope = envelopeOf(points);
  if (positives === 0 || envelope.length === 0) return;
  const steps = points.map(({ recall }, index) => `H${x(recall)}V${y(envelope[index + 1] ?? 0)}`);
  backdrop
    .append("path")
    .attr("class", "envelope")
    .attr("d", `M${frame.left},${y(envelope[0]!)}${steps.join("")}`)
    .attr("fill", "none")
    .attr("stroke", accent)
    .attr("stroke-width", 2);
}

function drawPoints(
  svg: Group<SVGSVGElement>,
  { x, y }: Scales,
  { points, positives }: PrecisionRecallCurve,
  taken: number,
): void {
  const marks = svg.append("g").attr("class", "points");
  points.forEach((point, index) => {
    const { verdict, detection, recall, precision } = point;
    if (verdict === "ignored" || positives === 0) return;
    const mark = marks
      .append("g")
      .attr("class", `curve-point ${verdict}${index < taken ? "" : " later"}`)
      .attr("data-detection", detection)
      .attr("tabindex", marks.selectChildren().size() === 1 ? 0 : -1)
      .attr("role", "img")
      .attr("aria-label", `${index + 1}: ${pointText(point, positives)}`)
      .attr("transform", `translate(${x(recall)},${y(precision)})`);
    mark.append("circle").attr("class", "target").attr("r", 12).attr("fill", "transparent");
    if (verdict === "right") {
      mark
        .append("circle")
        .attr("class", "mark")
        .attr("r", 5)
        .attr("fill", foreground)
        .attr("stroke", background);
    } else {
      mark
        .append("path")
        .attr("class", "mark")
        .attr("d", "M-4,-4L4,4M-4,4L4,-4")
        .attr("stroke", foreground)
        .attr("stroke-width", 2);
    }
    if (index >= taken) mark.attr("opacity", 0.3);
  });
}

function pointText({ verdict, precision, recall, right, wrong }: CurvePoint, positives: number): string {
  const sign = verdict === "uncounted" ? "" : `${verdictSigns[verdict]} ${verdict}, `;
  return (
    `${sign}precision ${right}/${right + wrong} = ${precision.toFixed(2)}, ` +
    `recall ${right}/${positives} = ${recall.toFixed(2)}`
  );
}

function sentenceOf({ positives, points, averagePrecision }: PrecisionRecallCurve, name: string): string {
  if (positives === 0) return "There is nothing to be found.";
  const last = points.at(-1);
  const end = last === undefined ? "no detection" : pointText({ ...last, verdict: "uncounted" }, positives);
  return `After ${points.length} detections: ${end}. ${name}: ${fractionText(averagePrecision)}. The ranking's table says the same.`;
}
