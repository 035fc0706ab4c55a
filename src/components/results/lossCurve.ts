import { create, extent, line, max, scaleLinear } from "d3";
import type { LossPoint } from "../../pageData/results.js";

export interface LossCurveOptions {
  readonly width?: number;
  readonly height?: number;
  /** Names the drawing for readers who do not see it. */
  readonly title?: string;
}

/** Training loss against images seen, small: how it fell, and where it stood at the end. */
export function lossCurve(
  curve: readonly Pick<LossPoint, "imagesSeen" | "loss">[],
  { width = 280, height = 120, title = "Training loss" }: LossCurveOptions = {},
): SVGSVGElement {
  const frame = { left: 34, top: 10, right: width - 38, bottom: height - 24 };
  const [first = 0, last = 1] = extent(curve, ({ imagesSeen }) => imagesSeen);
  const x = scaleLinear([Math.min(0, first), last], [frame.left, frame.right]);
  const y = scaleLinear([0, max(curve, ({ loss }) => loss) ?? 1], [frame.bottom, frame.top]).nice(3);
  const round = (value: number): number => Math.round(value * 10) / 10;
  const end = curve.at(-1);

  const svg = create<SVGSVGElement>("svg:svg")
    .attr("class", "loss-curve")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("font-family", "var(--sans-serif, system-ui, sans-serif)")
    .attr("font-size", 11)
    .attr("role", "img")
    .attr(
      "aria-label",
      end === undefined ? `${title}: empty` : `${title}: ${end.loss.toFixed(2)} at the end`,
    );
  const label = (atX: number, atY: number, anchor: string, words: string): void => {
    svg
      .append("text")
      .attr("x", round(atX))
      .attr("y", round(atY))
      .attr("text-anchor", anchor)
      .attr("fill", "var(--theme-foreground-muted, #6b6e73)")
      .text(words);
  };
  for (const tick of y.ticks(3)) {
    svg
      .append("path")
      .attr("d", `M${frame.left},${round(y(tick))}H${frame.right}`)
      .attr("stroke", "var(--theme-foreground-faintest, #dddddd)");
    label(frame.left - 5, y(tick) + 4, "end", String(tick));
  }
  label(frame.left, height - 8, "start", "0");
  label(frame.right, height - 8, "end", `${last.toLocaleString("en-US")} images`);
  svg
    .append("path")
    .attr("d", line()(curve.map(({ imagesSeen, loss }) => [round(x(imagesSeen)), round(y(loss))])))
    .attr("fill", "none")
    .attr("stroke", "var(--theme-foreground, #1b1e23)")
    .attr("stroke-width", 1.5);
  if (end !== undefined) label(x(end.imagesSeen) + 5, y(end.loss) + 4, "start", end.loss.toFixed(2));
  return svg.node()!;
}
