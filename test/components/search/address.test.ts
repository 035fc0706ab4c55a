import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  blockCounts,
  numbers,
  readSearchAddress,
  seeds,
  wholeNumber,
  writeSearchAddress,
} from "../../../src/components/search/address.js";

describe("the address of the search page", () => {
  it("without a query means SpineNet-49's space and the first sample of the first seed", () => {
    expect(readSearchAddress("")).toEqual({ address: { blocks: 15, seed: 1, number: 1 }, problems: [] });
  });

  it("says what is not usual, and leaves other parameters as they are", () => {
    expect(writeSearchAddress("?x=1&seed=3", { blocks: 20, seed: 1, number: 7 })).toBe("?x=1&n=20&sample=7");
    expect(writeSearchAddress("?n=20", { blocks: 15, seed: 1, number: 1 })).toBe("");
  });

  it("read again, is what was written", () => {
    const whole = ({ from, to }: { from: number; to: number }) => fc.integer({ min: from, max: to });
    fc.assert(
      fc.property(
        fc.record({ blocks: whole(blockCounts), seed: whole(seeds), number: whole(numbers) }),
        (address) => {
          expect(readSearchAddress(writeSearchAddress("", address))).toEqual({ address, problems: [] });
        },
      ),
    );
  });

  it("that means nothing is told, and the usual taken", () => {
    expect(readSearchAddress("?n=5&seed=-1&sample=two")).toEqual({
      address: { blocks: 15, seed: 1, number: 1 },
      problems: [
        "The page's address says n=5; it should be a whole number from 6 to 24. 15 is taken.",
        "The page's address says seed=-1; it should be a whole number from 0 to 4294967295. 1 is taken.",
        "The page's address says sample=two; it should be a whole number from 1 to 1000000. 1 is taken.",
      ],
    });
  });

  it("takes whole numbers in digits only", () => {
    const range = { from: 0, to: 100 };
    expect(["7", "007", "", " 7", "1e1", "7.0", "101"].map((text) => wholeNumber(text, range))).toEqual([
      ...[7, 7, null, null, null, null, null],
    ]);
  });
});
