import type { ResultsRow } from "../../../src/pageData/resultsTable.js";

/** Keys whose cells tell two rows of a table apart. */
const subjects = ["model", "order", "damage"] as const;

const textOf = (row: ResultsRow, key: string): string | null => {
  const cell = row[key] ?? null;
  return cell === null ? null : String(cell);
};

const subjectOf = (row: ResultsRow): string | null =>
  subjects.map((key) => textOf(row, key)).find((cell) => cell !== null) ?? null;

/** Words as a name that an address can hold: "SpineNet-49 (MBConv)" is "spinenet-49-mbconv". */
export function slug(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** A row's name in a page's address: "spinenet-49-640-b". */
export function rowId(row: ResultsRow): string {
  const others = ["resolution", "protocol", "epochs", "split"].map((key) => textOf(row, key));
  const parts = [textOf(row, "detector"), subjectOf(row), ...others];
  return slug(parts.filter((part) => part !== null).join("-"));
}

/** A row's name in a sentence: "SpineNet-49 at 640 px, protocol B". */
export function rowName(row: ResultsRow): string {
  const [size, protocol, epochs] = ["resolution", "protocol", "epochs"].map((key) => textOf(row, key));
  return [
    `${subjectOf(row)}${size === null ? "" : ` at ${size} px`}`,
    textOf(row, "detector"),
    protocol === null ? null : `protocol ${protocol}`,
    epochs === null ? null : `${epochs} epochs`,
    textOf(row, "split"),
  ]
    .filter((part) => part !== null)
    .join(", ");
}

/**
 * Rows with an `id` and a `name` of their own.
 *
 * @throws Error naming a row of a table that cannot be told from another
 */
export function named<Row extends ResultsRow>(rows: readonly Row[]): (Row & { id: string; name: string })[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const id = rowId(row);
    if (seen.has(id)) throw new Error(`two rows of a table are "${id}": a column must tell them apart`);
    seen.add(id);
    return { ...row, id, name: rowName(row) };
  });
}
