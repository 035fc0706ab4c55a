import type { MeasuredResults } from "../../../messages/evaluation.js";
import { shownText } from "../../../text/shownText.js";
import type { ComparedResults } from "./comparedResults.js";
import { type CurveKind, curveKinds } from "./recallCurves.js";

/**
 * Precision at each recall, of one category or as the mean over all that have an object; null where there is nothing
 * to be found.
 *
 * @param category index, or null for the mean
 */
export function precisionAt(
  { precision, recallThresholds, iouThresholds, categories }: MeasuredResults,
  kind: CurveKind,
  category: number | null,
): (number | null)[] {
  const wanted = category === null ? categories.map((_, index) => index) : [category];
  const rows = iouThresholds.flatMap((threshold, row) =>
    kind === "0.50:0.95" || threshold === Number(kind) ? [row] : [],
  );
  return recallThresholds.map((_, recall) => {
    const values = rows.flatMap((row) =>
      wanted
        .map((index) => precision[(row * recallThresholds.length + recall) * categories.length + index]!)
        .filter((value) => value >= 0),
    );
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

/** The score with which a category reaches each recall at an IoU of 0.50; null where it does not. */
export function scoreAt(
  { scores, precision, recallThresholds, iouThresholds, categories }: MeasuredResults,
  category: number,
): (number | null)[] {
  const row = iouThresholds.indexOf(Number(curveKinds[0]));
  return recallThresholds.map((_, recall) => {
    const at = (row * recallThresholds.length + recall) * categories.length + category;
    return row < 0 || precision[at]! <= 0 ? null : scores[at]!;
  });
}

/** The class that curves are of, as titles have it. @param index null for the mean */
export function classTitle(compared: readonly ComparedResults[], index: number | null): string {
  return index === null
    ? "mean over classes"
    : shownText(compared[0]?.measured.categories[index]?.name ?? "");
}
