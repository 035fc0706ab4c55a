import { readBrokenBatch } from "./brokenJson.js";
import type { ByteWindow } from "./byteWindow.js";
import {
  closingBrace,
  closingBracket,
  commaByte,
  follow,
  isSpace,
  openingBrace,
  openingBracket,
  startTrail,
} from "./jsonBytes.js";
import type { UncheckedRow } from "./plainRows.js";

export type OnRows = (rows: readonly (UncheckedRow | null)[]) => void;

/** Parsed at once: little enough that rows die young, before the garbage collector has to move them. */
const batchBytes = 1 << 17;

/**
 * Passes on the elements of an array, a batch at a time: the commas between them are found here, and what is between
 * the commas is parsed by JSON.parse. NaN and Infinity, which Python writes although JSON lacks them, are accepted.
 *
 * @param window starts after the array's opening bracket and ends after its closing one
 * @param list what errors call the array, before an element's `[index]`
 * @throws Error naming the element at which the array ends early or is invalid JSON
 */
export async function readElements(
  window: ByteWindow,
  source: string,
  list: string,
  onRows: OnRows,
): Promise<void> {
  let trail = startTrail();
  let row = 0;
  let guesses = true;
  window.from = window.at - 1;
  while (!trail.ended) {
    const end = Math.min(window.end, window.at + batchBytes);
    const seam: number = guesses ? lastSeam(window.bytes, window.from + 1, end) : -1;
    const guessed = seam < 0 ? undefined : parse(window, seam);
    if (guessed !== undefined) {
      onRows(guessed);
      row += guessed.length;
      window.from = seam;
      window.at = seam + 1;
      trail = startTrail();
      continue;
    }
    guesses = seam < 0;

    window.at = follow(trail, window.bytes, window.at, end);
    const stop = trail.ended ? window.at - 1 : trail.comma;
    if (stop >= 0) {
      const last = window.bytes[stop];
      const place = { source, list, row, offset: window.offsetOf(window.from) };
      let rows = parse(window, stop) ?? readBrokenBatch(batchOf(window, stop), place);
      if (rows.length === 0 && (row > 0 || last !== closingBracket)) {
        // An empty element, between two commas or a comma and the end.
        rows = readBrokenBatch(batchOf(window, stop), place);
      }
      onRows(rows);
      row += rows.length;
      if (trail.ended && last !== closingBracket) {
        throw new Error(
          `${source}: ${list}[${row - 1}]: is followed by } at byte ${window.offsetOf(stop)}, expected , or ]; ` +
            "download or write the file again.",
        );
      }
      window.from = stop;
      trail.comma = -1;
    }
    if (!trail.ended && window.at >= window.end && !(await window.more())) {
      throw new Error(
        `${source}: ends early at byte ${window.offsetOf(window.end)}, in ${list}[${row}]; download or write the file again.`,
      );
    }
  }
}

/**
 * Index of the last comma that looks like one between two objects of the array. It may be inside an element, but then
 * what precedes it does not parse; if that parses, the comma is the array's, and no brackets need to be tracked.
 */
function lastSeam(bytes: Uint8Array, from: number, end: number): number {
  let brace = end;
  while (brace > from) {
    brace = bytes.lastIndexOf(closingBrace, brace - 1);
    if (brace < from) {
      return -1;
    }
    const comma = skipSpace(bytes, brace + 1, end);
    if (comma < end && bytes[comma] === commaByte) {
      const next = skipSpace(bytes, comma + 1, end);
      if (next < end && bytes[next] === openingBrace) {
        return comma;
      }
    }
  }
  return -1;
}

function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(bytes[at]!)) at++;
  return at;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Parses what is between two commas or brackets; undefined if it is invalid JSON. */
function parse(window: ByteWindow, stop: number): readonly (UncheckedRow | null)[] | undefined {
  const last = window.bytes[stop]!;
  try {
    return JSON.parse(utf8.decode(batchOf(window, stop)));
  } catch {
    window.bytes[stop] = last;
    return undefined;
  }
}

/** What is between two commas or brackets, which are overwritten with the batch's own brackets. */
function batchOf({ bytes, from }: ByteWindow, stop: number): Uint8Array {
  bytes[from] = openingBracket;
  bytes[stop] = closingBracket;
  return bytes.subarray(from, stop + 1);
}
