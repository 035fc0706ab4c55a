import { type SymbolType, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from "d3";

export type MarkShape = "disc" | "diamond" | "triangle" | "square" | "ring";

/** Symbols that distinguish networks without colour. */
export const markSymbols: Readonly<
  Record<MarkShape, { readonly type: SymbolType; readonly filled: boolean }>
> = {
  disc: { type: symbolCircle, filled: true },
  diamond: { type: symbolDiamond, filled: true },
  triangle: { type: symbolTriangle, filled: false },
  square: { type: symbolSquare, filled: false },
  ring: { type: symbolCircle, filled: false },
};
