import { shownJson } from "../../text/shownJson.js";

/** Characters encode numbers from 0, written "0", to 63, written "o". */
const firstCharacter = 48;
const lastCharacter = firstCharacter + 63;

const digitBits = 0b011111;
const signBit = 0b010000;
const continuationBit = 0b100000;

/** Seven characters hold 35 bits; no run needs more than 33, including the sign. */
const longestNumber = 7;

/**
 * The run lengths in a string of a COCO file: five bits per character, lowest first, in two's complement, with a sixth
 * bit that says whether more follow; from the fourth run on, the difference from the previous run of the same value.
 * Invalid strings are rejected. pycocotools accepts any: it reads the lower bits of characters outside the code, memory
 * beyond the end of truncated strings, and negative runs as huge ones.
 *
 * @throws Error with a clause about `segmentation.counts`, the field that holds the string in COCO files
 */
export function decompressRuns(text: string): Uint32Array {
  const counts = new Uint32Array(text.length);
  let runs = 0;
  let place = 1;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at) - firstCharacter;
    if (code < 0 || code > lastCharacter - firstCharacter) {
      refuse(`has ${shownJson(text[at])} at position ${at}, expected only characters from "0" to "o"`);
    }
    value += (code & digitBits) * place;
    place *= 32;
    if (code & continuationBit) {
      if (place >= 32 ** longestNumber) {
        refuse(`run ${runs} takes more than ${longestNumber} characters, expected the length of a run`);
      }
      continue;
    }
    if (code & signBit) value -= place;
    if (runs > 2) value += counts[runs - 2]!;
    if (value < 0) refuse(`run ${runs} is ${value} pixels long, expected 0 or more`);
    if (value > 0xffffffff) refuse(`run ${runs} is ${value} pixels long, expected less than 2^32`);
    counts[runs++] = value;
    place = 1;
    value = 0;
  }
  if (place > 1) refuse(`ends early within run ${runs}, expected a last character from "0" to "O"`);
  return counts.slice(0, runs);
}

function refuse(what: string): never {
  throw new Error(`segmentation.counts: ${what}`);
}
