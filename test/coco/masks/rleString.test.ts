import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decompressRuns } from "../../../src/coco/masks/rleString.js";
import { propertyRuns } from "../propertyRuns.js";
import { compressRuns } from "./compressRuns.js";
import { maskReference, numbered } from "./maskReference.js";

const most = 2 ** 32 - 1;

describe("compressRuns", () => {
  it("writes five bits a character, the lowest first, and says with a sixth that more follow", () => {
    // 0 → "0"; 15 = 01111 → 48 + 15 = "?"; 16 = 10000 would be negative, so 00000 10000 → 48 + 32 + 16 = "`", "0".
    expect(compressRuns([0, 15])).toBe("0?");
    expect(compressRuns([16])).toBe("`0");
    // 1000 = 11111 01000 → 48 + 32 + 8 = "X", then 48 + 32 + 31 = "o" and "0" for the sign.
    expect(compressRuns([1000])).toBe("Xo0");
  });

  it("writes from the fourth run on the difference to the run of the same value before", () => {
    // 4 − 5 = −1 = …11111 → 48 + 31 = "O"; the third run is written as it is.
    expect(compressRuns([1, 5, 9, 4])).toBe("159O");
  });

  it("writes masks of more runs than a function takes arguments", () => {
    const runs = new Uint32Array(300_000).fill(7);
    expect(decompressRuns(compressRuns(runs))).toEqual(runs);
  });

  it.each(numbered(maskReference.runs))("writes pycocotools' string: case $index", ({ runs, counts }) => {
    expect(compressRuns(runs)).toBe(counts);
  });
});

describe("decompressRuns", () => {
  it.each(numbered(maskReference.runs))("reads pycocotools' string: case $index", ({ runs, counts }) => {
    expect(Array.from(decompressRuns(counts))).toEqual(runs);
  });

  it("reads whatever runs compressRuns wrote", () => {
    const run = fc.oneof(
      { weight: 4, arbitrary: fc.nat(200) },
      fc.integer({ min: 0, max: most }),
      fc.constantFrom(0, 15, 16, 2 ** 29, 2 ** 31 - 1, 2 ** 31, most),
    );
    fc.assert(
      fc.property(fc.array(run, { maxLength: 30 }), (runs) => {
        expect(Array.from(decompressRuns(compressRuns(runs)))).toEqual(runs);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("reads any string as runs, or says what is wrong with it", () => {
    const character = fc.oneof(
      { weight: 60, arbitrary: fc.integer({ min: 48, max: 111 }) },
      fc.integer({ min: 0, max: 255 }),
    );
    let read = 0;
    fc.assert(
      fc.property(fc.array(character, { maxLength: 8 }), (codes) => {
        const text = String.fromCharCode(...codes);
        let runs: Uint32Array;
        try {
          runs = decompressRuns(text);
        } catch (error) {
          expect(String(error)).toMatch(/^Error: segmentation\.counts: .*, expected /);
          return;
        }
        read++;
        expect(decompressRuns(compressRuns(runs))).toEqual(runs);
      }),
      { numRuns: propertyRuns },
    );
    expect(read).toBeGreaterThan(propertyRuns / 20);
  });

  const refused: [what: string, text: string, message: string][] = [
    ["spaces", "12 3", 'has " " at position 2, expected only characters from "0" to "o"'],
    ["characters above the code's", "1p", 'has "p" at position 1, expected only characters from "0" to "o"'],
    ["letters beyond ASCII", "é", 'has "é" at position 0, expected only characters from "0" to "o"'],
    // "Q" = 33 has the sixth bit: more should follow.
    ["what is cut off", "12Q", 'ends early within run 2, expected a last character from "0" to "O"'],
    // "O" = −1.
    ["runs below 0", "1O", "run 1 is -1 pixels long, expected 0 or more"],
    // The fourth run is 2 − 5: "K" = 27 = 27 − 32.
    ["differences that lead below 0", "123K", "run 3 is -3 pixels long, expected 0 or more"],
    [
      "runs of many characters",
      "PPPPPPP0",
      "run 0 takes more than 7 characters, expected the length of a run",
    ],
    // The seventh character counts 32^6 = 2^30: 4 × 2^30 = 2^32.
    ["runs past 32 bits", "PPPPPP4", "run 0 is 4294967296 pixels long, expected less than 2^32"],
  ];
  it.each(refused)("refuses %s", (_, text, message) => {
    expect(() => decompressRuns(text)).toThrow(new Error(`segmentation.counts: ${message}`));
  });
});
