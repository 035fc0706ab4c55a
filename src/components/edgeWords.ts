import type { Connection } from "../architecture/connections.js";
import type { EdgeStep } from "../architecture/edgeSteps.js";
import { connectionWords } from "./blockSentence.js";
import { operationWords } from "./operationWords.js";

/** A connection's blocks and direction: "5 → 15, down ÷8". */
export function edgeWords(connection: Connection): string {
  return `${connection.from} → ${connection.to}, ${connectionWords(connection)}`;
}

/** A step's operation: "3×3 convolution, stride 2". */
export function stepWords(step: EdgeStep): string {
  return operationWords({ ...step, times: step.output[0] / step.input[0] });
}

/** What follows a step's operation, if anything. */
export function afterWords({ norm, activation }: EdgeStep): string {
  return [norm ? "batch norm" : "", activation ? "activation" : ""].filter(Boolean).join(", ");
}
