import { type BatchPlace, readBrokenBatch } from "./brokenJson.js";
import type { ByteWindow } from "./byteWindow.js";
import { CLOSING_BRACKET, follow, OPENING_BRACKET, startTrail } from "./jsonTrail.js";
import type { UncheckedRow } from "./plainRows.js";

export type OnRows = (rows: readonly (UncheckedRow | null)[]) => void;

/** So much is parsed at once: little enough that the rows are gone before the garbage collector has to move them. */
const BATCH_BYTES = 1 << 17;

/**
 * Hands over the elements of an array, a batch at a time: the commas between them are found here, what is between
 * the commas is read by JSON.parse. NaN and Infinity, which Python writes and JSON lacks, are read as what they mean.
 *
 * @param window stands behind the array's opening bracket, and is left behind its closing one
 * @param list what errors call the array, before an element's `[index]`
 * @throws Error naming the element at which the array breaks off or stops being JSON
 */
export async function readElements(
  window: ByteWindow,
  source: string,
  list: string,
  onRows: OnRows,
): Promise<void> {
  const trail = startTrail();
  let row = 0;
  window.from = window.at - 1;
  while (!trail.ended) {
    window.at = follow(trail, window.bytes, window.at, Math.min(window.end, window.at + BATCH_BYTES));
    const stop = trail.ended ? window.at - 1 : trail.comma;
    if (stop >= 0) {
      const end = window.bytes[stop];
      const rows = parseBatch(window, stop, { source, list, row, offset: window.offsetOf(window.from) });
      onRows(rows);
      row += rows.length;
      if (trail.ended && end !== CLOSING_BRACKET) {
        throw new Error(
          `${source}: ${list}[${row - 1}]: is followed by } at byte ${window.offsetOf(stop)}, where , or ] would be right; ` +
            "fetch or write the file again.",
        );
      }
      window.from = stop;
      trail.comma = -1;
    }
    if (!trail.ended && window.at >= window.end && !(await window.more())) {
      throw new Error(
        `${source}: breaks off at byte ${window.offsetOf(window.end)}, in ${list}[${row}]; fetch or write the file again.`,
      );
    }
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Parses what lies between two commas or brackets of the array, whose place its own brackets can take. */
function parseBatch(window: ByteWindow, stop: number, place: BatchPlace): readonly (UncheckedRow | null)[] {
  const { bytes, from } = window;
  const isEmptyArray = place.row === 0 && bytes[stop] === CLOSING_BRACKET;
  bytes[from] = OPENING_BRACKET;
  bytes[stop] = CLOSING_BRACKET;
  const batch = bytes.subarray(from, stop + 1);
  const rows = parse(batch) ?? readBrokenBatch(batch, place);
  if (rows.length === 0 && !isEmptyArray) {
    // Between two commas, or a comma and the end, there is nothing.
    readBrokenBatch(batch, place);
  }
  return rows;
}

function parse(batch: Uint8Array): readonly (UncheckedRow | null)[] | undefined {
  try {
    return JSON.parse(utf8.decode(batch));
  } catch {
    return undefined;
  }
}
