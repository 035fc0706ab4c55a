import type { Selection } from "d3";
import type { ApScatterPoint } from "./point.js";

const foreground = "var(--theme-foreground, #1b1e23)";
const muted = "var(--theme-foreground-muted, #6b6e73)";
const background = "var(--theme-background, #ffffff)";

export interface Place {
  /** Where the point stands, and the drawing's size. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point's numbers in words, for readers who do not see the drawing. */
export function pointSentence({
  model,
  series,
  AP,
  multiplyAddsB,
  parametersM,
  source,
}: ApScatterPoint): string {
  return (
    `${model}, ${series}: AP ${AP.toFixed(1)} at ${multiplyAddsB} billion multiply-adds ` +
    `and ${parametersM} million parameters; ${source}`
  );
}

/** A ring around a point and a box beside it that tells its numbers. */
export function drawPointDetail(
  detail: Selection<SVGGElement, undefined, null, undefined>,
  point: ApScatterPoint,
  { x, y, width, height }: Place,
): void {
  detail.selectChildren().remove();
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
