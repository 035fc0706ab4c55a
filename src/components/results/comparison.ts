import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";

interface ComparedValue {
  readonly label: string;
  /** "+2.4 points", "0.88 times", "the same". */
  readonly words: string;
}

interface ComparedRow {
  readonly row: ResultsRow;
  readonly values: readonly ComparedValue[];
  /** Settings that differ, so that not only the networks do: "Protocol C, not B". */
  readonly unlike: readonly string[];
  /** Whether one of the two is a single run, which says nothing about other seeds. */
  readonly single: boolean;
}

export interface Comparison {
  /** What the others are compared with. */
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
 * Rows compared with the first of them: percentages by their difference in points, costs and times by their ratio.
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
    // Three significant digits, whether a tenth or twenty-fold.
    return [{ label, words: `${Number(ratio.toPrecision(3))} times` }];
  }
  // Percentages are printed to one decimal, which makes a second decimal of a difference meaningless.
  const points = (value - than).toFixed(1);
  return [{ label, words: `${points.startsWith("-") ? "−" : "+"}${points.replace("-", "")} points` }];
}
