import { shownJson } from "../../text/shownJson.js";
import { ByteWindow } from "./byteWindow.js";
import { expectedByField } from "./checkSchema.js";
import { follow, isSpace, startTrail } from "./jsonBytes.js";
import { type OnRows, readElements } from "./jsonElements.js";

export interface ReadOptions {
  /** Called with the number of bytes read so far. */
  readonly onProgress?: (bytesRead: number) => void;
}

/**
 * Reads a results file, one JSON array, passing on its elements a batch at a time.
 *
 * @param source what errors call the file
 * @throws Error naming the element or the byte at which the file ends early or is invalid
 */
export async function readJsonArray(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  onRows: OnRows,
  { onProgress }: ReadOptions = {},
): Promise<void> {
  const window = new ByteWindow(chunks, onProgress);
  try {
    await openTop(window, source, "[");
    await readElements(window, source, "", onRows);
    await expectEnd(window, source);
  } finally {
    await window.close();
  }
}

/**
 * Reads an annotations file, one JSON object with lists among its fields, passing on each list's elements a batch at a
 * time. Fields may come in any order; others are skipped unread.
 *
 * @param lists receivers of the lists' elements, by field name; all lists must be present
 * @param source what errors call the file
 * @throws Error as `readJsonArray` does, and naming a list that is missing, not a list, or duplicated
 */
export async function readJsonLists(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  lists: ReadonlyMap<string, OnRows>,
  { onProgress }: ReadOptions = {},
): Promise<void> {
  const window = new ByteWindow(chunks, onProgress);
  const seen = new Set<string>();
  try {
    await openTop(window, source, "{");
    if ((await nextCharacter(window)) === "}") {
      window.at++;
    } else {
      do {
        await readField(window, source, lists, seen);
      } while ((await take(window, source, ",}")) === ",");
    }
    await expectEnd(window, source);
  } finally {
    await window.close();
  }
  for (const list of lists.keys()) {
    if (!seen.has(list)) {
      throw new Error(`${source}: ${list}: missing; expected ${expectedByField[list]}.`);
    }
  }
}

async function readField(
  window: ByteWindow,
  source: string,
  lists: ReadonlyMap<string, OnRows>,
  seen: Set<string>,
): Promise<void> {
  const field = await readText(window, source);
  await take(window, source, ":");
  const onRows = lists.get(field);
  if (onRows === undefined) {
    await skipValue(window, source);
    return;
  }
  if (seen.has(field)) {
    throw new Error(`${source}: ${field}: is duplicated; expected one list of that name.`);
  }
  seen.add(field);
  const first = await nextCharacter(window);
  const kind = kinds[first ?? ""];
  if (first !== "[" && kind !== undefined) {
    throw new Error(`${source}: ${field}: is ${kind}; expected ${expectedByField[field]}.`);
  }
  await take(window, source, "[");
  await readElements(window, source, field, onRows);
}

/** The type of a value, by its first character. */
const kinds: Readonly<Record<string, string>> = {
  "{": "an object",
  "[": "an array",
  '"': "text",
  t: "true",
  f: "false",
  n: "null",
  ...Object.fromEntries(Array.from("-0123456789", (digit) => [digit, "a number"])),
};

async function openTop(window: ByteWindow, source: string, opening: "[" | "{"): Promise<void> {
  // A byte order mark, which some editors write.
  while (window.end < 3 && (await window.more()));
  if (window.bytes[0] === 0xef && window.bytes[1] === 0xbb && window.bytes[2] === 0xbf) {
    window.at = 3;
  }
  const first = await nextCharacter(window);
  const expected = `expected ${kinds[opening]}`;
  if (first === undefined) {
    throw new Error(`${source}: is empty; ${expected}.`);
  }
  if (window.bytes[0] === 0x1f && window.bytes[1] === 0x8b) {
    throw new Error(`${source}: is compressed with gzip; decompress it first.`);
  }
  const kind = kinds[first];
  if (first !== opening && kind !== undefined) {
    throw new Error(`${source}: is ${kind}; ${expected}.${await otherFile(window, opening)}`);
  }
  await take(window, source, opening);
}

/** Two file arguments are easily swapped; their first bytes tell them apart. */
async function otherFile(window: ByteWindow, opening: "[" | "{"): Promise<string> {
  window.from = window.at;
  while (window.end - window.from < 4096 && (await window.more()));
  const start = new TextDecoder().decode(window.bytes.subarray(window.from, window.end));
  if (opening === "[" && start.startsWith("{") && /"(?:images|annotations|categories)"\s*:/.test(start)) {
    return " This looks like the annotations file.";
  }
  if (opening === "{" && start.startsWith("[") && /"score"\s*:/.test(start)) {
    return " This looks like the detections file.";
  }
  return "";
}

async function expectEnd(window: ByteWindow, source: string): Promise<void> {
  const next = await nextCharacter(window);
  if (next !== undefined) {
    refuse(window, source, next, "the end of the file");
  }
}

async function readText(window: ByteWindow, source: string): Promise<string> {
  await take(window, source, '"');
  window.from = window.at - 1;
  const trail = startTrail();
  trail.inString = true;
  while (trail.inString) {
    // Byte by byte, to stop at the quote.
    window.at = follow(trail, window.bytes, window.at, Math.min(window.end, window.at + 1));
    if (trail.inString && window.at >= window.end && !(await window.more())) {
      breaksOff(window, source);
    }
  }
  const start = window.offsetOf(window.from);
  try {
    return JSON.parse(new TextDecoder().decode(window.bytes.subarray(window.from, window.at)));
  } catch (error) {
    throw new Error(
      `${source}: is not valid JSON at byte ${start}, in a field name; download or write the file again.`,
      {
        cause: error,
      },
    );
  }
}

async function skipValue(window: ByteWindow, source: string): Promise<void> {
  const first = await nextCharacter(window);
  if (first !== undefined && kinds[first] === undefined) {
    refuse(window, source, first, "a value");
  }
  const trail = startTrail();
  while (!trail.ended) {
    window.from = Math.min(window.at, window.end);
    window.at = follow(trail, window.bytes, window.at, window.end, true);
    if (!trail.ended && !(await window.more())) {
      breaksOff(window, source);
    }
  }
  // The comma or brace is not part of the value.
  window.at--;
}

/** Consumes one character, which must be one of `wanted`. */
async function take(window: ByteWindow, source: string, wanted: string): Promise<string> {
  const next = await nextCharacter(window);
  if (next === undefined) {
    breaksOff(window, source);
  }
  if (!wanted.includes(next)) {
    refuse(window, source, next, [...wanted].join(" or "));
  }
  window.at++;
  return next;
}

/** The next non-space character, not yet consumed; undefined at the end. */
async function nextCharacter(window: ByteWindow): Promise<string | undefined> {
  for (;;) {
    while (window.at < window.end) {
      const byte = window.bytes[window.at]!;
      if (!isSpace(byte)) {
        return String.fromCharCode(byte);
      }
      window.at++;
    }
    window.from = window.at;
    if (!(await window.more())) {
      return undefined;
    }
  }
}

function breaksOff(window: ByteWindow, source: string): never {
  throw new Error(
    `${source}: ends early at byte ${window.offsetOf(window.end)}; download or write the file again.`,
  );
}

function refuse(window: ByteWindow, source: string, found: string, expected: string): never {
  throw new Error(
    `${source}: is not valid JSON at byte ${window.offsetOf(window.at)}: found ${shownJson(found)}, expected ${expected}; ` +
      "download or write the file again.",
  );
}
