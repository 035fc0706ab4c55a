import { shownText } from "../../../text/shownText.js";
import { chart, type Drawing, describeImage, tenth } from "../../charts/drawing.js";
import { foreground, setColours } from "../../charts/palette.js";
import { drawPrecisionRecallAxes, precisionRecallScales } from "../../charts/precisionRecallAxes.js";
import { label } from "../../charts/text.js";

/** IoU thresholds of a curve: one of them, or the mean over all. */
export const curveKinds = ["0.50", "0.75", "0.50:0.95"] as const;
export type CurveKind = (typeof curveKinds)[number];

interface RecallCurve {
  readonly kind: CurveKind;
  /** 0 or 1: of which results. */
  readonly set: number;
  /** Precision at each recall; null where there is nothing to be found. */
  readonly precision: readonly (number | null)[];
}

interface RecallCurvesOptions {
  readonly width?: number;
  readonly height?: number;
  readonly title: string;
  readonly description?: string;
  /** What the sets are called in the key, which names sets only where there are several. */
  readonly sets?: readonly string[];
}

/** Kinds are told apart by their dashes, sets by hue and by thickness. */
const dashes: Readonly<Record<CurveKind, string | null>> = {
  "0.50": "7 4",
  "0.75": "2 3",
  "0.50:0.95": null,
};
const thickness = [2.25, 1.25] as const;

/** Precision against recall, one line per curve, all recalls evenly from 0 to 1. */
export function recallCurves(
  curves: readonly RecallCurve[],
  {
    width = 640,
    height = Math.round(Math.min(420, Math.max(300, width * 0.68))),
    title,
    description,
    sets = [],
  }: RecallCurvesOptions,
): SVGSVGElement {
  const keyLines = sets.length > 1 ? (width < 480 ? 3 : 2) : 1;
  const frame = { left: 36, top: 26 + keyLines * 20, right: width - 10, bottom: height - 38 };
  const scales = precisionRecallScales(frame);
  const svg = chart("recall-curves", width, height);
  describeImage(svg, title, description);
  svg.append("title").text(title);
  drawPrecisionRecallAxes(svg, scales, { recall: height - 5, precision: frame.top - 10 });
  drawKindKey(svg, curves);
  if (sets.length > 1) drawSetKey(svg, sets, width);
  // The first set, thicker, is drawn below, so that both can be seen where they agree.
  for (const { kind, set, precision } of curves) {
    const last = Math.max(precision.length - 1, 1);
    const places = precision.flatMap((value, index) =>
      value === null ? [] : [`${scales.x(index / last)},${scales.y(value)}`],
    );
    if (places.length > 0) drawLine(svg, kind, set, `M${places.join("L")}`).attr("class", "curve");
  }
  return svg.node()!;
}

function drawKindKey(svg: Drawing, curves: readonly RecallCurve[]): void {
  let left = 2;
  for (const kind of curveKinds.filter((one) => curves.some((curve) => curve.kind === one))) {
    const words = kind === "0.50:0.95" ? "mean over IoU 0.50:0.95" : `IoU ${kind}`;
    drawLine(svg, kind, 0, `M${left},10H${left + 26}`).attr("stroke", foreground);
    label(svg, tenth(left + 32), 14, "start", foreground).text(words);
    left += 32 + words.length * 6.2 + 14;
  }
}

/** Sets side by side, or one below the other where the drawing is narrow. */
function drawSetKey(svg: Drawing, sets: readonly string[], width: number): void {
  const narrow = width < 480;
  const room = Math.floor(((narrow ? width : width / 2) - 50) / 6.6);
  let left = 2;
  sets.forEach((name, set) => {
    const row = narrow ? set + 1 : 1;
    const words = shownText(name, room);
    drawLine(svg, "0.50:0.95", set, `M${left},${10 + row * 20}H${left + 26}`);
    label(svg, tenth(left + 32), 14 + row * 20, "start", foreground).text(words);
    if (!narrow) left += 32 + words.length * 6.6 + 14;
  });
}

function drawLine(svg: Drawing, kind: CurveKind, set: number, path: string) {
  return svg
    .append("path")
    .attr("d", path)
    .attr("fill", "none")
    .attr("stroke", setColours[set % setColours.length]!)
    .attr("stroke-width", thickness[set % thickness.length]!)
    .attr("stroke-linejoin", "round")
    .attr("stroke-dasharray", dashes[kind]);
}
