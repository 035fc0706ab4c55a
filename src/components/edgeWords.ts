import type { Connection } from "../architecture/connections.js";
import type { EdgeStep } from "../architecture/edgeSteps.js";
import { connectionWords } from "./blockSentence.js";

/** A connection's blocks and direction: "5 → 15, down ÷8". */
export function edgeWords(connection: Connection): string {
  return `${connection.from} → ${connection.to}, ${connectionWords(connection)}`;
}

/** A step's operation: "3×3 convolution, stride 2". */
export function stepWords({ op, window = 1, stride = 1, input, output }: EdgeStep): string {
  const strided = stride > 1 ? `, stride ${stride}` : "";
  switch (op) {
    case "conv":
      return `${window}×${window} convolution${strided}`;
    case "depthwiseConv":
      return `${window}×${window} depthwise convolution${strided}`;
    case "maxPool":
      return `${window}×${window} max pool${strided}`;
    case "resizeNearest":
      return `each cell repeated ${output[0] / input[0]}×${output[1] / input[1]}`;
  }
}

/** What follows a step's operation, if anything. */
export function afterWords({ norm, activation }: EdgeStep): string {
  return [norm ? "batch norm" : "", activation ? "activation" : ""].filter(Boolean).join(", ");
}
