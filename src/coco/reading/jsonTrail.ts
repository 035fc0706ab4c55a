export const openingBracket = 0x5b;
export const closingBracket = 0x5d;
export const openingBrace = 0x7b;
export const closingBrace = 0x7d;
export const commaByte = 0x2c;
const quote = 0x22;
const backslash = 0x5c;
/** The bit by which `{` and `}` differ from `[` and `]`. */
const brace = 0x20;

/** JSON's white space. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** How far JSON was followed by its brackets alone. */
export interface JsonTrail {
  /** Brackets and braces that are open within what is followed. */
  depth: number;
  inString: boolean;
  /** Index of the last comma outside of them; −1 when there was none. */
  comma: number;
  /** Whether that is over: its last byte was a comma where it was to stop at one, or a bracket or brace too many. */
  ended: boolean;
}

export function startTrail(): JsonTrail {
  return { depth: 0, inString: false, comma: -1, ended: false };
}

/**
 * Follows JSON from `start` to `end`, or to behind where it is over.
 *
 * @param stopsAtComma whether it is over at the first comma outside all brackets
 * @returns index of the byte to go on with; one beyond `end` where a byte to come is escaped
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
      if (byte === quote) inString = false;
      else if (byte === backslash) at++;
    } else if (byte === quote) {
      inString = true;
    } else if (byte === commaByte) {
      if (depth === 0) {
        comma = at - 1;
        ended = stopsAtComma;
      }
    } else if ((byte | brace) === (openingBracket | brace)) {
      depth++;
    } else if ((byte | brace) === (closingBracket | brace)) {
      ended = --depth < 0;
    }
  }
  trail.depth = depth;
  trail.inString = inString;
  trail.comma = comma;
  trail.ended = ended;
  return at;
}
