import { follow, startTrail } from "./jsonTrail.js";
import type { UncheckedRow } from "./plainRows.js";

/** Where a batch of elements is. */
export interface BatchPlace {
  readonly source: string;
  /** What errors call the array, before an element's `[index]`. */
  readonly list: string;
  /** Index of the batch's first element. */
  readonly row: number;
  /** Of the batch's first byte in the file. */
  readonly offset: number;
}

/**
 * Reads a batch that JSON.parse refused. NaN and Infinity, which Python writes and JSON lacks, are read as what they
 * mean: whoever reads the field can name it, and nobody minds them elsewhere.
 *
 * @param batch elements with commas between them, in brackets
 * @throws Error naming the first element that is no JSON for another reason
 */
export function readBrokenBatch(batch: Uint8Array, place: BatchPlace): (UncheckedRow | null)[] {
  const rows: (UncheckedRow | null)[] = [];
  const trail = startTrail();
  for (let from = 1; from < batch.length; ) {
    const at = follow(trail, batch, from, batch.length, true);
    rows.push(readElement(batch.subarray(from, at - 1), from, rows.length, place));
    trail.ended = false;
    from = at;
  }
  return rows;
}

function readElement(
  bytes: Uint8Array,
  from: number,
  index: number,
  { source, list, row, offset }: BatchPlace,
): UncheckedRow | null {
  const place = `${source}: ${list}[${row + index}]`;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${place}: is no UTF-8 text, from byte ${offset + from} on; write the file as UTF-8.`, {
      cause: error,
    });
  }
  if (text.trim() === "") {
    throw new Error(`${place}: is missing at byte ${offset + from}; fetch or write the file again.`);
  }
  try {
    return parsePython(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, " ") : String(error);
    throw new Error(
      `${place}: is no JSON, from byte ${offset + from} on (${reason}); fetch or write the file again.`,
      { cause: error },
    );
  }
}

/** A string, or a word of Python's outside of one. */
const jsonWord = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/gs;

function parsePython(text: string): UncheckedRow | null {
  // The mark is no string of this text, so that no text of the file can be taken for a number.
  let mark = "number ";
  while (text.includes(mark)) mark += "#";
  const words = text.replace(jsonWord, (word) => (word.startsWith('"') ? word : JSON.stringify(mark + word)));
  return JSON.parse(words, (_, value) =>
    typeof value === "string" && value.startsWith(mark) ? Number(value.slice(mark.length)) : value,
  );
}
