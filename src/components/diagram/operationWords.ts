import type { Operation } from "../../architecture/costs/connections.js";

/** What is done to a map, as far as words need it. */
interface WordedOperation extends Pick<Operation, "op" | "window" | "stride"> {
  /** How often a cell is repeated along each side, where cells are and that is known. */
  readonly times?: number;
}

const names = {
  conv: "convolution",
  depthwiseConv: "depthwise convolution",
  maxPool: "max pool",
} as const;

/** An operation in the one notation of all pages: "3×3 convolution, stride 2", "each cell repeated 2×2". */
export function operationWords({ op, window = 1, stride = 1, times }: WordedOperation): string {
  if (op === "resizeNearest") {
    return times === undefined ? "each cell repeated" : `each cell repeated ${times}×${times}`;
  }
  return `${window}×${window} ${names[op]}${stride > 1 ? `, stride ${stride}` : ""}`;
}
