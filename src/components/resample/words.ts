import type { Connection, Operation } from "../../architecture/costs/connections.js";
import type { SmallMap } from "../../architecture/drawing/smallConnection.js";
import { connectionWords } from "../diagram/blockSentence.js";
import { operationWords } from "../diagram/operationWords.js";

/** A connection's blocks and direction: "5 → 15, down ÷8". */
export function edgeWords(connection: Connection): string {
  return `${connection.from} → ${connection.to}, ${connectionWords(connection)}`;
}

/** A step's operation: "3×3 convolution, stride 2". */
export function stepWords(step: Operation): string {
  return operationWords({ ...step, times: step.output[0] / step.input[0] });
}

/** Which part a step has in its connection, as small maps name it. */
export function stepPart(steps: readonly Operation[], index: number): Exclude<SmallMap["step"], "parent"> {
  if (index === 0) return "reduce";
  if (index === steps.length - 1) return "expand";
  const { op } = steps[index]!;
  return op === "maxPool" ? "pool" : op === "resizeNearest" ? "repeat" : "down";
}

/** What follows a step's operation, if anything. */
export function afterWords({ norm, activation }: Operation): string {
  return [norm ? "batch norm" : "", activation ? "activation" : ""].filter(Boolean).join(", ");
}
