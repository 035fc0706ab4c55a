import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWhyAddress, writeWhyAddress } from "../../../src/components/why/address.js";

const places = { usual: 14, last: 21 };

describe("the address of the page on why", () => {
  it("without a query means the usual step, which is left out when written", () => {
    expect(readWhyAddress("", places)).toEqual({ place: 14, problems: [] });
    expect(writeWhyAddress("?step=3&x=1", 14, places)).toBe("?x=1");
    expect(writeWhyAddress("?step=3", 14, places)).toBe("");
  });

  it("read again, is what was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 21 }), (place) => {
        expect(readWhyAddress(writeWhyAddress("", place, places), places)).toEqual({ place, problems: [] });
      }),
    );
  });

  it.each(["22", "-1", "1.5", "", "deep", "1e1"])("says of step=%s what would be right", (text) => {
    expect(readWhyAddress(`?step=${text}`, places)).toEqual({
      place: 14,
      problems: [
        `The page's address says step=${text}; it should be a whole number from 0 to 21. Step 14 is shown.`,
      ],
    });
  });
});
