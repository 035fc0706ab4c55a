/** A cell as a page shows it; null where its source says nothing. */
export type Cell = string | number | null;

export type ResultsRow = Readonly<Record<string, Cell>>;

export interface ResultsColumn {
  /** The key of its cells in a row. */
  readonly key: string;
  readonly label: string;
  /** Shown small under the label. */
  readonly unit?: string;
  /**
   * Where its cells come from: "computed" and "measured" are this project's and say so in the header; a "setting" is
   * a number that was chosen, as a seed is.
   */
  readonly origin?: "text" | "setting" | "published" | "computed" | "measured";
  /** Least and most decimals shown; the cell as it is when absent. */
  readonly decimals?: readonly [least: number, most: number];
  /** How two of its cells are held against each other; absent where that says nothing. */
  readonly comparison?: "difference" | "ratio";
}

export function isText({ origin }: ResultsColumn): boolean {
  return origin === "text";
}

/** A cell in words: its column's decimals, a true minus sign, a dash for a number that is missing. */
export function formatCell(cell: Cell, { decimals, origin }: ResultsColumn): string {
  if (cell === null) return origin === "text" ? "" : "–";
  if (typeof cell === "string" || decimals === undefined) return String(cell);
  const [least, most] = decimals;
  // "negative" keeps a rounded −0.04 from being shown as minus zero.
  const words = cell.toLocaleString("en-US", {
    minimumFractionDigits: least,
    maximumFractionDigits: most,
    signDisplay: "negative",
  });
  return words.replace("-", "−");
}
