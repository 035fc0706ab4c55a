import type { ErrorType } from "../../../coco/errors/errorTypes.js";
import type { ErrorReport, MeasuredResults } from "../../../messages/evaluation.js";
import { shownText } from "../../../text/shownText.js";
import type { EvaluationState } from "./session.js";

/** One of one or two results files, and what is known of it so far. */
export interface ComparedResults {
  /** What it is called where its name is too long: "A" or "B". */
  readonly letter: string;
  /** The file's. */
  readonly name: string;
  readonly measured: MeasuredResults;
  readonly errors: ErrorReport | null;
}

/** The results that are measured, in their order. */
export function comparedResults({ results }: EvaluationState): ComparedResults[] {
  return results.flatMap((found, side) => {
    if (found === null || found.measured === null) return [];
    const { file, measured, errors } = found;
    return [{ letter: side === 0 ? "A" : "B", name: file.name, measured, errors }];
  });
}

/** A fraction as COCO has it, with null in the place of −1 where there is nothing to be found. */
export function orNull(fraction: number | undefined): number | null {
  return fraction === undefined || fraction < 0 ? null : fraction;
}

/** "A, results.json", for keys of drawings. */
export function namesOf(compared: readonly ComparedResults[]): string[] {
  return compared.map(({ letter, name }) => `${letter}, ${shownText(name)}`);
}

/** How many errors of a type one of the results has, and what they cost; undefined until that is known. */
export function errorSum(
  { errors }: ComparedResults,
  type: ErrorType,
): ErrorReport["errors"][number] | undefined {
  return errors?.errors.find(({ name }) => name === type);
}
