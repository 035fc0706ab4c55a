import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costMeasures } from "../../../src/architecture/costs/shares.js";
import { readScaleAddress, writeScaleAddress } from "../../../src/components/scale/address.js";

describe("the address of the scale page", () => {
  it("without a query means multiply-adds of a whole network, whichever is usual", () => {
    expect(readScaleAddress("")).toEqual({
      address: { model: null, by: "multiplyAdds", open: null },
      problems: [],
    });
  });

  it("says what is not usual, and leaves other parameters as they are", () => {
    expect(
      writeScaleAddress("?x=1&open=head", { model: "spinenet-96", by: "parameters", open: "blocks/5" }),
    ).toBe("?x=1&open=blocks%2F5&model=spinenet-96&by=parameters");
    expect(writeScaleAddress("?open=head", { model: null, by: "multiplyAdds", open: null })).toBe("");
  });

  it("read again, is what was written", () => {
    const text = fc.option(fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(fc.record({ model: text, by: fc.constantFrom(...costMeasures), open: text }), (address) => {
        expect(readScaleAddress(writeScaleAddress("", address))).toEqual({ address, problems: [] });
      }),
    );
  });

  it("says of a measure that is none what would be right", () => {
    const { address, problems } = readScaleAddress("?by=time");
    expect(address.by).toBe("multiplyAdds");
    expect(problems).toEqual([
      "The page's address says by=time; it should be multiply-adds or parameters. multiply-adds is taken.",
    ]);
  });
});
