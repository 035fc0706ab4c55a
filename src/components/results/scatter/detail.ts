import type { Selection } from "d3";
import type { ScatterPoint } from "../../../pageData/results.js";
import { background, foreground } from "../../charts/palette.js";
import { muted, type ScatterLayout } from "./layout.js";

/** A point's numbers in words, for screen readers. */
export function pointSentence({
  model,
  series,
  AP,
  multiplyAddsB,
  parametersM,
  source,
}: ScatterPoint): string {
  return (
    `${model}, ${series}: AP ${AP.toFixed(1)} at ${multiplyAddsB} billion multiply-adds ` +
    `and ${parametersM} million parameters; ${source}`
  );
}

/** A ring around a point at `[x, y]`, and a box beside it with its numbers. */
export function drawPointDetail(
  detail: Selection<SVGGElement, undefined, null, undefined>,
  point: ScatterPoint,
  [x, y]: readonly [number, number],
  { width, height }: ScatterLayout,
): void {
  const texts = [
    `${point.model}, ${point.series}`,
    `AP ${point.AP.toFixed(1)} · ${point.multiplyAddsB}B multiply-adds · ${point.parametersM}M parameters`,
    point.source,
  ];
  const boxWidth = Math.min(width - 8, Math.max(...texts.map(({ length }) => length)) * 6.4 + 16);
  const boxLeft = Math.max(4, Math.min(width - boxWidth - 4, x - boxWidth / 2));
  const boxTop = y > height / 2 ? y - 70 : y + 14;
  detail
    .append("circle")
    .attr("cx", x)
    .attr("cy", y)
    .attr("r", 9)
    .attr("fill", "none")
    .attr("stroke", foreground)
    .attr("stroke-width", 2);
  detail
    .append("rect")
    .attr("x", boxLeft)
    .attr("y", boxTop)
    .attr("width", boxWidth)
    .attr("height", 58)
    .attr("rx", 4)
    .attr("fill", background)
    .attr("stroke", muted);
  texts.forEach((words, index) => {
    detail
      .append("text")
      .attr("x", boxLeft + 8)
      .attr("y", boxTop + 17 + 17 * index)
      .attr("fill", index === 0 ? foreground : muted)
      .attr("font-weight", index === 0 ? 600 : null)
      .text(words);
  });
}
