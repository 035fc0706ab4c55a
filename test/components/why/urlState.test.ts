import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { whyAddress } from "../../../src/components/why/urlState.js";

const places = { usual: 14, last: 21 };

describe("the address of the page on why", () => {
  it("without a query means the usual stage, which is left out when written", () => {
    expect(whyAddress(places).read("")).toEqual({ state: { place: 14 }, problems: [] });
    expect(whyAddress(places).write("?step=3&x=1", { place: 14 })).toBe("?x=1");
    expect(whyAddress(places).write("?step=3", { place: 14 })).toBe("");
  });

  it("read again, is what was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 21 }), (place) => {
        const form = whyAddress(places);
        expect(form.read(form.write("", { place }))).toEqual({ state: { place }, problems: [] });
      }),
    );
  });

  it.each(["22", "-1", "1.5", "", "deep", "1e1"])("says of step=%s what would be right", (text) => {
    expect(whyAddress(places).read(`?step=${text}`)).toEqual({
      state: { place: 14 },
      problems: [
        `The page's address says step=${text}; it should be a whole number from 0 to 21. Stage 14 is shown.`,
      ],
    });
  });
});
