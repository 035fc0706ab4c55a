import type { CategoryScores } from "./categoryScores.js";
import { columnNames } from "./columnNames.js";
import { tableLines } from "./table.js";

/** Columns of the table: AP and its kinds, then recall at the most detections and its kinds. */
const columns = [0, 1, 2, 3, 4, 5, 8, 9, 10, 11];

/** Each category's AP, a line each. */
export function categoryLines(categories: readonly CategoryScores[]): string[] {
  return categories.map(({ name, stats }) => {
    const ap = stats[0]!;
    return ` ${name.padEnd(24)} ${ap < 0 ? "no objects" : ap.toFixed(3)}`;
  });
}

/** Each category's numbers as a table with a head; "–" where a category has nothing of a size. */
export function categoryTable(categories: readonly CategoryScores[], maxDets: readonly number[]): string[] {
  const names = columnNames(maxDets);
  const rows = [
    ["category", ...columns.map((column) => names[column]!)],
    ...categories.map(({ name, stats }) => [
      name,
      ...columns.map((column) => (stats[column]! < 0 ? "–" : stats[column]!.toFixed(3))),
    ]),
  ];
  return tableLines(rows);
}
