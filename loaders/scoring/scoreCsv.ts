import type { CategoryScores } from "./categoryScores.js";
import { columnNames } from "./columnNames.js";

/**
 * The twelve numbers as CSV: a line of names, a line of fractions; −1 where nothing was to be found.
 *
 * @param more names and values of further columns
 */
export function statsCsv(
  stats: readonly number[],
  maxDets: readonly number[],
  more: readonly (readonly [name: string, value: number | string])[] = [],
): string[] {
  return [
    [...columnNames(maxDets), ...more.map(([name]) => name)].join(","),
    [...stats, ...more.map(([, value]) => value)].join(","),
  ];
}

/** Each category's twelve numbers as CSV, a line each, after a line of names. */
export function categoriesCsv(categories: readonly CategoryScores[], maxDets: readonly number[]): string[] {
  return [
    ["category_id", "category", ...columnNames(maxDets)].join(","),
    ...categories.map(({ id, name, stats }) => [id, quoted(name), ...stats].join(",")),
  ];
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
