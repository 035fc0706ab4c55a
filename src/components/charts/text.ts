import type { BaseType, Selection } from "d3";
import { background, muted } from "./palette.js";

type Parent<Element extends BaseType> = Selection<Element, undefined, null, undefined>;
type Anchor = "start" | "middle" | "end";

/** A muted text, such as a tick's. */
export function label<Element extends BaseType>(
  parent: Parent<Element>,
  x: number,
  y: number,
  anchor: Anchor,
  colour = muted,
) {
  return parent.append("text").attr("x", x).attr("y", y).attr("text-anchor", anchor).attr("fill", colour);
}

/** Keeps a text legible where it crosses lines: an outline in the background's colour. */
export function outline(
  text: Selection<SVGTextElement, undefined, null, undefined>,
  width = 3,
  colour: string = background,
): void {
  text
    .attr("stroke", colour)
    .attr("stroke-width", width)
    .attr("stroke-linejoin", "round")
    .attr("paint-order", "stroke");
}
