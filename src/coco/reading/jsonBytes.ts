export const openingBracket = 0x5b;
export const closingBracket = 0x5d;
export const openingBrace = 0x7b;
export const closingBrace = 0x7d;
export const commaByte = 0x2c;
const quoteByte = 0x22;
const backslashByte = 0x5c;
/** The bit by which `{` and `}` differ from `[` and `]`. */
const braceBit = 0x20;

/** JSON's white space. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** State of scanning JSON by brackets and strings alone. */
interface JsonTrail {
  /** Open brackets and braces. */
  depth: number;
  inString: boolean;
  /** Index of the last comma outside of them; −1 if there was none. */
  comma: number;
  /** Whether the scan ended: at a comma if it stops at commas, or at an unmatched closing bracket or brace. */
  ended: boolean;
}

export function startTrail(): JsonTrail {
  return { depth: 0, inString: false, comma: -1, ended: false };
}

/**
 * Scans JSON from `start` to `end`, or to just after the byte that ends the scan.
 *
 * @param stopsAtComma whether the first comma outside all brackets ends it
 * @returns index of the next byte; one beyond `end` if the next byte to arrive is escaped
 */
export function follow(
  trail: JsonTrail,
  bytes: Uint8Array,
  start: number,
  end: number,
  stopsAtComma = false,
): number {
  let { depth, inString, comma, ended } = trail;
  let at = start;
  while (at < end && !ended) {
    const byte = bytes[at++]!;
    if (inString) {
      if (byte === quoteByte) inString = false;
      else if (byte === backslashByte) at++;
    } else if (byte === quoteByte) {
      inString = true;
    } else if (byte === commaByte) {
      if (depth === 0) {
        comma = at - 1;
        ended = stopsAtComma;
      }
    } else if ((byte | braceBit) === (openingBracket | braceBit)) {
      depth++;
    } else if ((byte | braceBit) === (closingBracket | braceBit)) {
      ended = --depth < 0;
    }
  }
  trail.depth = depth;
  trail.inString = inString;
  trail.comma = comma;
  trail.ended = ended;
  return at;
}
