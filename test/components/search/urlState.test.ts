import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockCounts, numbers, searchAddress, seeds } from "../../../src/components/search/urlState.js";

describe("the address of the search page", () => {
  it("without a query means SpineNet-49's space and the first sample of the first seed", () => {
    expect(searchAddress.read("")).toEqual({ state: { blocks: 15, seed: 1, number: 1 }, problems: [] });
  });

  it("says what is not usual, and leaves other parameters as they are", () => {
    expect(searchAddress.write("?x=1&seed=3", { blocks: 20, seed: 1, number: 7 })).toBe("?x=1&n=20&sample=7");
    expect(searchAddress.write("?n=20", { blocks: 15, seed: 1, number: 1 })).toBe("");
  });

  it("read again, is what was written", () => {
    const whole = ({ from, to }: { from: number; to: number }) => fc.integer({ min: from, max: to });
    fc.assert(
      fc.property(
        fc.record({ blocks: whole(blockCounts), seed: whole(seeds), number: whole(numbers) }),
        (state) => {
          expect(searchAddress.read(searchAddress.write("", state))).toEqual({ state, problems: [] });
        },
      ),
    );
  });

  it("that means nothing is told, and the usual taken", () => {
    expect(searchAddress.read("?n=5&seed=-1&sample=two")).toEqual({
      state: { blocks: 15, seed: 1, number: 1 },
      problems: [
        "The page's address says n=5; it should be a whole number from 6 to 24. 15 is taken.",
        "The page's address says seed=-1; it should be a whole number from 0 to 4294967295. 1 is taken.",
        "The page's address says sample=two; it should be a whole number from 1 to 1000000. 1 is taken.",
      ],
    });
  });
});
