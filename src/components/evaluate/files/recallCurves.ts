import { create, type Selection, scaleLinear } from "d3";
import { setColours } from "../../charts/palette.js";

/** IoU thresholds of a curve: one of them, or the mean over all. */
export const curveKinds = ["0.50", "0.75", "0.50:0.95"] as const;
export type CurveKind = (typeof curveKinds)[number];

export interface RecallCurve {
  readonly kind: CurveKind;
  /** 0 or 1: of which results. */
  readonly set: number;
  /** Precision at each recall; null where there is nothing to be found. */
  readonly precision: readonly (number | null)[];
}

export interface RecallCurvesOptions {
  readonly width?: number;
  readonly height?: number;
  readonly title: string;
  readonly description?: string;
  /** What the sets are called in the key; no key of sets where there is one. */
  readonly sets?: readonly string[];
}

const foreground = "var(--theme-foreground, #1b1e23)";
const muted = "var(--theme-foreground-muted, #5f6368)";
const faintest = "var(--theme-foreground-faintest, #dddddd)";

/** Kinds are told apart by their dashes, sets by hue and by thickness. */
const dashes: Readonly<Record<CurveKind, string | null>> = {
  "0.50": "7 4",
  "0.75": "2 3",
  "0.50:0.95": null,
};
const thickness = [2.25, 1.25] as const;

/** Precision against recall, a line a curve, all recalls evenly from 0 to 1. */
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
  const x = scaleLinear([0, 1], [frame.left, frame.right]);
  const y = scaleLinear([0, 1], [frame.bottom, frame.top]);
  const round = (value: number): number => Math.round(value * 10) / 10;

  const svg = create<SVGSVGElement>("svg:svg")
    .attr("class", "recall-curves")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("font-family", "var(--sans-serif, system-ui, sans-serif)")
    .attr("font-size", 12)
    .attr("role", "img")
    .attr("aria-label", description === undefined ? title : `${title}. ${description}`);
  svg.append("title").text(title);
  drawAxes();
  drawKey();
  // The first set, thicker, lies below, so that where both agree both are seen.
  for (const curve of curves) drawCurve(curve);
  return svg.node()!;

  function drawAxes(): void {
    for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
      const [across, down] = [round(x(tick)), round(y(tick))];
      svg.append("path").attr("d", `M${frame.left},${down}H${frame.right}`).attr("stroke", faintest);
      label(frame.left - 6, down + 4, "end").text(tick);
      label(across, frame.bottom + 16, "middle").text(tick);
    }
    label(frame.right, height - 5, "end").text("recall →");
    label(2, frame.top - 10, "start").text("↑ precision");
  }

  function drawKey(): void {
    let left = 2;
    for (const kind of curveKinds.filter((one) => curves.some((curve) => curve.kind === one))) {
      const words = kind === "0.50:0.95" ? "mean over IoU 0.50:0.95" : `IoU ${kind}`;
      line(svg, kind, 0, `M${left},10H${left + 26}`).attr("stroke", foreground);
      label(left + 32, 14, "start")
        .attr("fill", foreground)
        .text(words);
      left += 32 + words.length * 6.2 + 14;
    }
    if (sets.length < 2) return;
    left = 2;
    sets.forEach((name, set) => {
      const row = width < 480 ? set + 1 : 1;
      const at = width < 480 ? 2 : left;
      const room = Math.floor(((width < 480 ? width : width / 2) - 50) / 6.6);
      const words = name.length > room ? `${name.slice(0, room - 1)}…` : name;
      line(svg, "0.50:0.95", set, `M${at},${10 + row * 20}H${at + 26}`);
      label(at + 32, 14 + row * 20, "start")
        .attr("fill", foreground)
        .text(words);
      left += 32 + words.length * 6.6 + 14;
    });
  }

  function drawCurve({ kind, set, precision }: RecallCurve): void {
    const last = precision.length - 1;
    const points = precision.flatMap((value, index) =>
      value === null ? [] : [`${round(x(last === 0 ? 0 : index / last))},${round(y(value))}`],
    );
    if (points.length > 0) line(svg, kind, set, `M${points.join("L")}`).attr("class", "curve");
  }

  function line(
    parent: Selection<SVGSVGElement, undefined, null, undefined>,
    kind: CurveKind,
    set: number,
    path: string,
  ) {
    return parent
      .append("path")
      .attr("d", path)
      .attr("fill", "none")
      .attr("stroke", setColours[set % setColours.length]!)
      .attr("stroke-width", thickness[set % thickness.length]!)
      .attr("stroke-linejoin", "round")
      .attr("stroke-dasharray", dashes[kind]);
  }

  function label(atX: number, atY: number, anchor: string) {
    return svg
      .append("text")
      .attr("x", round(atX))
      .attr("y", round(atY))
      .attr("text-anchor", anchor)
      .attr("fill", muted);
  }
}
