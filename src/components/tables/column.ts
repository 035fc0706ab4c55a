import type { Cell, ResultsColumn } from "../../pageData/resultsTable.js";
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
