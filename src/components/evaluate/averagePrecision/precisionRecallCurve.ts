import { create, type Selection, scaleLinear } from "d3";
import { cocoParameters } from "../../../coco/parameters.js";
import { type CurvePoint, envelopeOf, type PrecisionRecallCurve } from "./curve.js";
import { fractionText, verdictSigns } from "./words.js";

export interface PrecisionRecallOptions {
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  /** What the average precision is called: "AP at IoU 0.50". */
  readonly name?: string;
}

const ink = "var(--theme-foreground, #1b1e23)";
const muted = "var(--theme-foreground-muted, #5f6368)";
const faintest = "var(--theme-foreground-faintest, #dddddd)";
const accent = "var(--theme-foreground-focus, #2b51b0)";
const background = "var(--theme-background, #ffffff)";

/**
 * A precision-recall curve as it grows: a point a detection, a circle for a right one and a cross for a wrong one;
 * over them the envelope, and under it a line at each recall that is read. What of the ranking is not taken yet is
 * faint. Each point carries its detection's index as `data-detection`.
 *
 * @param taken of the detections taken so far
 * @param whole of all of them
 */
export function precisionRecallCurve(
  taken: PrecisionRecallCurve,
  whole: PrecisionRecallCurve,
  { width = 520, height = 380, name = "AP" }: PrecisionRecallOptions = {},
): SVGSVGElement {
  const frame = { left: 38, top: 26, right: width - 12, bottom: height - 36 };
  const x = scaleLinear([0, 1], [frame.left, frame.right]);
  const y = scaleLinear([0, 1], [frame.bottom, frame.top]);
  const round = (value: number): number => Math.round(value * 10) / 10;
  const at = ({ recall, precision }: CurvePoint): string => `${round(x(recall))},${round(y(precision))}`;
  const svg = create<SVGSVGElement>("svg:svg")
    .attr("class", "precision-recall")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("font-family", "var(--sans-serif, system-ui, sans-serif)")
    .attr("font-size", 12)
    .attr("role", "group")
    .attr("aria-label", `Precision against recall. ${sentenceOf(taken, name)}`);
  const backdrop = svg.append("g").attr("aria-hidden", "true");
  drawAxes(backdrop);
  drawSamples();

  const counted = whole.points.filter(({ verdict }) => verdict !== "ignored");
  const line = (points: readonly CurvePoint[]) =>
    points.length === 0 ? null : `M${points.map(at).join("L")}`;
  backdrop
    .append("path")
    .attr("class", "rest")
    .attr("d", line(counted))
    .attr("fill", "none")
    .attr("stroke", faintest)
    .attr("stroke-width", 1.5);
  backdrop
    .append("path")
    .attr("class", "raw")
    .attr("d", line(taken.points.filter(({ verdict }) => verdict !== "ignored")))
    .attr("fill", "none")
    .attr("stroke", muted)
    .attr("stroke-width", 1.5);
  drawEnvelope();
  drawPoints();
  drawAverage();
  return svg.node()!;

  function drawAxes(group: Selection<SVGGElement, undefined, null, undefined>): void {
    for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
      const down = round(y(tick));
      const across = round(x(tick));
      group.append("path").attr("d", `M${frame.left},${down}H${frame.right}`).attr("stroke", faintest);
      label(frame.left - 6, down + 4, "end").text(tick);
      label(across, frame.bottom + 16, "middle").text(tick);
    }
    label(frame.right, height - 4, "end").text("recall →");
    label(2, 12, "start").text("↑ precision");

    function label(atX: number, atY: number, anchor: string) {
      return group
        .append("text")
        .attr("x", atX)
        .attr("y", atY)
        .attr("text-anchor", anchor)
        .attr("fill", muted);
    }
  }

  function drawSamples(): void {
    const lines = cocoParameters.recallThresholds.map((recall, index) => {
      const precision = taken.sampled[index] ?? 0;
      return precision === 0 ? "" : `M${round(x(recall))},${frame.bottom}V${round(y(precision))}`;
    });
    backdrop
      .append("path")
      .attr("class", "samples")
      .attr("d", lines.join("") || null)
      .attr("stroke", accent)
      .attr("stroke-opacity", 0.4)
      .attr("stroke-width", 1.5);
  }

  function drawEnvelope(): void {
    const envelope = envelopeOf(taken.points);
    if (taken.positives === 0 || envelope.length === 0) return;
    const steps = taken.points.map(({ recall }, index) => {
      return `H${round(x(recall))}V${round(y(envelope[index + 1] ?? 0))}`;
    });
    backdrop
      .append("path")
      .attr("class", "envelope")
      .attr("d", `M${frame.left},${round(y(envelope[0]!))}${steps.join("")}`)
      .attr("fill", "none")
      .attr("stroke", accent)
      .attr("stroke-width", 2);
  }

  function drawPoints(): void {
    const points = svg.append("g").attr("class", "points");
    whole.points.forEach((point, index) => {
      if (point.verdict === "ignored" || whole.positives === 0) return;
      const isTaken = index < taken.points.length;
      const mark = points
        .append("g")
        .attr("class", `curve-point ${point.verdict}${isTaken ? "" : " later"}`)
        .attr("data-detection", point.detection)
        .attr("tabindex", points.selectChildren().size() === 1 ? 0 : -1)
        .attr("role", "img")
        .attr("aria-label", `${index + 1}: ${pointText(point, whole.positives)}`)
        .attr("transform", `translate(${at(point)})`);
      mark.append("circle").attr("class", "target").attr("r", 12).attr("fill", "transparent");
      if (point.verdict === "right") {
        mark.append("circle").attr("class", "mark").attr("r", 5).attr("fill", ink).attr("stroke", background);
      } else {
        mark
          .append("path")
          .attr("class", "mark")
          .attr("d", "M-4,-4L4,4M-4,4L4,-4")
          .attr("stroke", ink)
          .attr("stroke-width", 2);
      }
      if (!isTaken) mark.attr("opacity", 0.3);
    });
  }

  function drawAverage(): void {
    svg
      .append("text")
      .attr("aria-hidden", "true")
      .attr("x", frame.left + 10)
      .attr("y", frame.bottom - 12)
      .attr("font-size", 15)
      .attr("font-weight", 600)
      .attr("fill", ink)
      .attr("stroke", background)
      .attr("stroke-width", 4)
      .attr("stroke-linejoin", "round")
      .attr("paint-order", "stroke")
      .text(`${name} = ${fractionText(taken.averagePrecision)}`);
  }
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
