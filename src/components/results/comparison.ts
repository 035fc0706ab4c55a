import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";

export interface ComparedValue {
  readonly label: string;
  /** "+2.4 points", "0.88 times", "the same". */
  readonly words: string;
}

export interface ComparedRow {
  readonly row: ResultsRow;
  readonly values: readonly ComparedValue[];
  /** What was not alike, so that more than the networks may speak: "Protocol C, not B". */
  readonly unlike: readonly string[];
  /** Whether one of the two is of one run alone, which tells nothing of how far another seed would land. */
  readonly single: boolean;
}

export interface Comparison {
  /** What the others are held against. */
  readonly first: ResultsRow;
  readonly others: readonly ComparedRow[];
}

/** Settings under which two rows were measured, by key and name. */
const settings: readonly (readonly [key: string, name: string])[] = [
  ["detector", "Detector"],
  ["resolution", "Input"],
  ["protocol", "Protocol"],
  ["epochs", "Epochs"],
  ["split", "Split"],
  ["input", "Input"],
  ["imagesSeen", "Images seen"],
  ["engine", "Engine"],
];

/**
 * Rows held against the first of them: what is in percent by its difference in points, costs and times by their ratio.
 *
 * @returns null where there are fewer than two rows
 */
export function compareRows(
  rows: readonly ResultsRow[],
  columns: readonly ResultsColumn[],
): Comparison | null {
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0) return null;
  return {
    first,
    others: others.map((row) => ({
      row,
      values: columns.flatMap((column) => comparedValue(row, first, column, labelOf(column, columns))),
      unlike: settings.flatMap(([key, name]) => {
        const [here, there] = [row[key] ?? null, first[key] ?? null];
        return here === null || there === null || here === there ? [] : [`${name} ${here}, not ${there}`];
      }),
      single: isSingle(row) || isSingle(first),
    })),
  };
}

/** Whether a row is a run of this project, or the mean of only one. */
function isSingle({ runs, seed }: ResultsRow): boolean {
  return runs === 1 || typeof seed === "number";
}

/** A column's label, with its unit where another one is called so too. */
function labelOf({ key, label, unit }: ResultsColumn, columns: readonly ResultsColumn[]): string {
  const alike = columns.some((other) => other.comparison && other.label === label && other.key !== key);
  return alike ? `${label} (${unit})` : label;
}

function comparedValue(
  row: ResultsRow,
  first: ResultsRow,
  { key, comparison }: ResultsColumn,
  label: string,
): ComparedValue[] {
  const [value, than] = [row[key], first[key]];
  if (comparison === undefined || typeof value !== "number" || typeof than !== "number") return [];
  if (value === than) return [{ label, words: "the same" }];
  if (comparison === "ratio") {
    const ratio = value / than;
    // Three digits that say something, whether a tenth or twenty-fold.
    return [{ label, words: `${Number(ratio.toPrecision(3))} times` }];
  }
  // Percentages are printed to one decimal, so that no second one of a difference says anything.
  const points = (value - than).toFixed(1);
  return [{ label, words: `${points.startsWith("-") ? "−" : "+"}${points.replace("-", "")} points` }];
}
