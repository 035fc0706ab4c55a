import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import * as aq from "arquero";
import * as v from "valibot";
import { shownText } from "../../src/text/shownText.js";

/** A cell that must not be empty. */
export const text = v.string("must not be empty");

/** A cell that may be empty, which reads as null. */
export const optionalText = v.nullable(text);

/** A cell with a plain decimal number. */
export const number = v.pipe(
  v.string("must be a number"),
  v.regex(/^-?\d+(\.\d+)?$/, "must be a number"),
  v.transform(Number),
);

/** A number, or an empty cell, which reads as null. */
export const optionalNumber = v.nullable(number);

/** How one kind of row is read, by column; a cell is a string, or null where it is empty. */
type RowSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/**
 * Reads one table of published numbers.
 *
 * @param file Path of a CSV whose header names exactly the columns of `schema`, in any order.
 * @throws Error that names the file, the row (the header is row 1), the column and what would be right.
 */
export async function readPublishedTable<Schema extends RowSchema>(
  file: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>[]> {
  return parsePublishedTable(await readFile(file, "utf8"), schema, basename(file));
}

/** As `readPublishedTable`, from text; errors name `name` as the file. */
export function parsePublishedTable<Schema extends RowSchema>(
  csv: string,
  schema: Schema,
  name: string,
): v.InferOutput<Schema>[] {
  if (csv.trim() === "") throw new Error(`${name}: is empty; its first row should name the columns`);
  const table = aq.fromCSV(csv, { autoType: false });
  const expected = Object.keys(schema.entries);
  const found = table.columnNames();
  const missing = expected.filter((column) => !found.includes(column));
  const unknown = found.filter((column) => !expected.includes(column));
  if (missing.length > 0) {
    throw new Error(
      `${name}: the header lacks the column ${missing.map(quote).join(", ")}; it has ${found.map((column) => shownText(column)).join(", ")}`,
    );
  }
  if (unknown.length > 0) {
    throw new Error(
      `${name}: the header has an unknown column ${unknown.map(quote).join(", ")}; known are ${expected.join(", ")}`,
    );
  }
  return table.objects().map((cells, index) => {
    const result = v.safeParse(schema, cells);
    if (result.success) return result.output;
    const issue = result.issues[0];
    const column = v.getDotPath(issue) ?? "?";
    const cell = issue.input === null ? "empty" : quote(String(issue.input));
    throw new Error(`${name}: row ${index + 2}, column "${column}": ${issue.message}, but it is ${cell}`);
  });
}

function quote(word: string): string {
  return `"${shownText(word)}"`;
}
