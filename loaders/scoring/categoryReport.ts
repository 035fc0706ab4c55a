import type { Evaluation } from "../../src/coco/evaluate.js";
import type { EvaluationParameters } from "../../src/coco/parameters.js";
import { summarise } from "../../src/coco/summarise.js";
import type { CocoCategory } from "../../src/coco/types.js";
import { tableLines } from "../tableLines.js";
import { terminalName } from "../terminal.js";
import { columnNames } from "./statsReport.js";

/** One category's twelve numbers, as fractions; −1 without ground truth. */
export interface CategoryScores {
  /** −1 if class-agnostic. */
  readonly id: number;
  readonly name: string;
  readonly stats: readonly number[];
}

/** @param categories the ground truth's, for their names */
export function categoryScores(
  evaluation: Evaluation,
  parameters: EvaluationParameters,
  categories: readonly CocoCategory[],
): CategoryScores[] {
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  return evaluation.categoryIds.map((id, index) => ({
    id,
    name: names.get(id) ?? "all categories",
    stats: summarise(evaluation, parameters, evaluation.categoryIds.length, index),
  }));
}

/** Each category's AP, one per line. */
export function categoryLines(categories: readonly CategoryScores[]): string[] {
  return categories.map(({ name, stats }) => {
    const ap = stats[0]!;
    return ` ${terminalName(name).padEnd(24)} ${ap < 0 ? "no objects" : ap.toFixed(3)}`;
  });
}

/** Indices of the table's columns: AP and its kinds, then recall at the most detections and its kinds. */
const columns = [0, 1, 2, 3, 4, 5, 8, 9, 10, 11];

/** Each category's numbers as a table with a header; "–" without ground truth. */
export function categoryTable(categories: readonly CategoryScores[], maxDets: readonly number[]): string[] {
  const names = columnNames(maxDets);
  return tableLines([
    ["category", ...columns.map((column) => names[column]!)],
    ...categories.map(({ name, stats }) => [
      terminalName(name),
      ...columns.map((column) => (stats[column]! < 0 ? "–" : stats[column]!.toFixed(3))),
    ]),
  ]);
}

/** Each category's twelve numbers as CSV: a header and one row per category. */
export function categoriesCsv(categories: readonly CategoryScores[], maxDets: readonly number[]): string[] {
  return [
    ["category_id", "category", ...columnNames(maxDets)].join(","),
    ...categories.map(({ id, name, stats }) => [id, quoted(name), ...stats].join(",")),
  ];
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
