import { shownText } from "../../text/shownText.js";
import { follow, startTrail } from "./jsonBytes.js";
import type { UncheckedRow } from "./plainRows.js";

/** Where a batch of elements is. */
interface BatchPlace {
  readonly source: string;
  /** What errors call the array, before an element's `[index]`. */
  readonly list: string;
  /** Index of the batch's first element. */
  readonly row: number;
  /** Of the batch's first byte in the file. */
  readonly offset: number;
}

/**
 * Reads a batch that JSON.parse rejected. NaN and Infinity, which Python writes although JSON lacks them, become
 * numbers: fields that must be finite are rejected by name later, and others may hold them.
 *
 * @param batch elements with commas between them, in brackets
 * @throws Error naming the first element that is invalid JSON for another reason
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
    throw new Error(`${place}: is not UTF-8 text, from byte ${offset + from}; save the file as UTF-8.`, {
      cause: error,
    });
  }
  if (text.trim() === "") {
    throw new Error(`${place}: is missing at byte ${offset + from}; download or write the file again.`);
  }
  try {
    return parsePython(text);
  } catch (error) {
    const reason = error instanceof Error ? shownText(error.message, 120) : String(error);
    throw new Error(
      `${place}: is not valid JSON, from byte ${offset + from} (${reason}); download or write the file again.`,
      { cause: error },
    );
  }
}

/** A string, or one of Python's words outside of one. */
const pythonWord = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/gs;

function parsePython(text: string): UncheckedRow | null {
  // The mark does not occur in this text, so no string of the file can be mistaken for a number.
  let mark = "number ";
  while (text.includes(mark)) mark += "#";
  const words = text.replace(pythonWord, (word) =>
    word.startsWith('"') ? word : JSON.stringify(mark + word),
  );
  return JSON.parse(words, (_, value) =>
    typeof value === "string" && value.startsWith(mark) ? Number(value.slice(mark.length)) : value,
  );
}
