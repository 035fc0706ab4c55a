import type { ResultsColumn } from "./resultsTable.js";

type ColumnMaker = (
  key: string,
  label: string,
  unit?: string,
  decimals?: ResultsColumn["decimals"],
) => ResultsColumn;

const columnOf =
  (origin: ResultsColumn["origin"]): ColumnMaker =>
  (key, label, unit, decimals) => ({ key, label, unit, origin, decimals });

/* Columns by where their cells come from: see `ResultsColumn.origin`. */
export const text = columnOf("text");
export const setting = columnOf("setting");
export const published = columnOf("published");
export const computed = columnOf("computed");

/** An accuracy or a share in percent; two of them are compared by their difference in points. */
export const percent = (key: string, label = key, origin: ResultsColumn["origin"] = "published") =>
  ({
    key,
    label,
    unit: "percent",
    origin,
    decimals: [1, 1],
    comparison: "difference",
  }) satisfies ResultsColumn;
