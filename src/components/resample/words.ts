import type { Connection, Operation } from "../../architecture/costs/connections.js";
import type { SmallMap } from "../../architecture/drawing/smallConnection.js";
import { connectionWords } from "../diagram/blockSentence.js";
import { operationWords } from "../diagram/operationWords.js";

/** A connection's blocks and direction: "5 → 15, down ÷8". */
export function connectionTitle(connection: Connection): string {
  return `${connection.from} → ${connection.to}, ${connectionWords(connection)}`;
}

/** An operation in words: "3×3 convolution, stride 2". */
export function operationTitle(operation: Operation): string {
  return operationWords({ ...operation, times: operation.output[0] / operation.input[0] });
}

/** Which part a operation has in its connection, as small maps name it. */
export function operationKind(
  operations: readonly Operation[],
  index: number,
): Exclude<SmallMap["operation"], "parent"> {
  if (index === 0) return "reduce";
  if (index === operations.length - 1) return "expand";
  const { op } = operations[index]!;
  return op === "maxPool" ? "pool" : op === "resizeNearest" ? "repeat" : "down";
}

/** What follows an operation, if anything. */
export function afterWords({ norm, activation }: Operation): string {
  return [norm ? "batch norm" : "", activation ? "activation" : ""].filter(Boolean).join(", ");
}
