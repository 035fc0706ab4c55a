import { extent, line, max, scaleLinear } from "d3";
import type { LossPoint } from "../../pageData/results.js";
import { chart, describeImage, tenth } from "../charts/drawing.js";
import { faintest, foreground } from "../charts/palette.js";
import { label } from "../charts/text.js";

interface LossCurveOptions {
  readonly width?: number;
  readonly height?: number;
  /** Names the drawing to screen readers. */
  readonly title?: string;
}

/** Training loss against images seen, small, with its final value. */
export function lossCurve(
  curve: readonly Pick<LossPoint, "imagesSeen" | "loss">[],
  { width = 280, height = 120, title = "Training loss" }: LossCurveOptions = {},
): SVGSVGElement {
  const frame = { left: 34, top: 10, right: width - 38, bottom: height - 24 };
  const [first = 0, last = 1] = extent(curve, ({ imagesSeen }) => imagesSeen);
  const x = scaleLinear([Math.min(0, first), last], [frame.left, frame.right]);
  const y = scaleLinear([0, max(curve, ({ loss }) => loss) ?? 1], [frame.bottom, frame.top]).nice(3);
  const end = curve.at(-1);
  const svg = chart("loss-curve", width, height).attr("font-size", 11);
  describeImage(svg, end === undefined ? `${title}: empty` : `${title}: ${end.loss.toFixed(2)} at the end`);
  for (const tick of y.ticks(3)) {
    svg
      .append("path")
      .attr("d", `M${frame.left},${tenth(y(tick))}H${frame.right}`)
      .attr("stroke", faintest);
    label(svg, frame.left - 5, tenth(y(tick) + 4), "end").text(tick);
  }
  label(svg, frame.left, height - 8, "start").text("0");
  label(svg, frame.right, height - 8, "end").text(`${last.toLocaleString("en-US")} images`);
  svg
    .append("path")
    .attr("d", line()(curve.map(({ imagesSeen, loss }) => [tenth(x(imagesSeen)), tenth(y(loss))])))
    .attr("fill", "none")
    .attr("stroke", foreground)
    .attr("stroke-width", 1.5);
  if (end !== undefined) {
    label(svg, tenth(x(end.imagesSeen) + 5), tenth(y(end.loss) + 4), "start").text(end.loss.toFixed(2));
  }
  return svg.node()!;
}
