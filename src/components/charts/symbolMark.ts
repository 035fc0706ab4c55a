import { type BaseType, type Selection, type SymbolType, symbol } from "d3";

export interface SymbolMark {
  readonly type: SymbolType;
  /** In square pixels. */
  readonly area: number;
  readonly fill: string;
  readonly stroke: string;
  readonly strokeWidth: number;
}

export function appendSymbol<Element extends BaseType>(
  parent: Selection<Element, undefined, null, undefined>,
  { type, area, fill, stroke, strokeWidth }: SymbolMark,
  [x, y]: readonly [number, number],
) {
  return parent
    .append("path")
    .attr("d", symbol(type, area).digits(1)())
    .attr("transform", `translate(${x},${y})`)
    .attr("fill", fill)
    .attr("stroke", stroke)
    .attr("stroke-width", strokeWidth);
}
