import type { Cell, ResultsRow } from "../../../src/pageData/resultsTable.js";

/** Words as a name that an address can hold: "SpineNet-49 (MBConv)" is "spinenet-49-mbconv". */
export function slug(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** A row's name in a page's address: "spinenet-49-640-b". */
export function rowId(row: ResultsRow): string {
  const { detector, resolution, protocol, epochs, split } = row;
  return slug(joined([detector, subjectOf(row), resolution, protocol, epochs, split], "-"));
}

/** A row's name in a sentence: "SpineNet-49 at 640 px, protocol B". */
export function rowName(row: ResultsRow): string {
  const { detector, resolution, protocol, epochs, split } = row;
  return joined(
    [
      subjectOf(row) + (resolution ? ` at ${resolution} px` : ""),
      detector,
      protocol && `protocol ${protocol}`,
      epochs && `${epochs} epochs`,
      split,
    ],
    ", ",
  );
}

/** What a row is about. */
function subjectOf({ model, order, damage }: ResultsRow): string {
  return String(model ?? order ?? damage);
}

function joined(cells: readonly (Cell | undefined)[], between: string): string {
  return cells.filter((cell) => cell !== null && cell !== undefined).join(between);
}

/**
 * Rows with an `id` and a `name`.
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
