import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costMeasures } from "../../../src/architecture/costs/costShares.js";
import { scaleAddress } from "../../../src/components/scale/urlState.js";

describe("the address of the scale page", () => {
  it("without a query means multiply-adds of a whole network, whichever is usual", () => {
    expect(scaleAddress.read("")).toEqual({
      state: { model: null, by: "multiplyAdds", open: null },
      problems: [],
    });
  });

  it("says what is not usual, and leaves other parameters as they are", () => {
    expect(
      scaleAddress.write("?x=1&open=head", { model: "spinenet-96", by: "parameters", open: "blocks/5" }),
    ).toBe("?x=1&open=blocks%2F5&model=spinenet-96&by=parameters");
    expect(scaleAddress.write("?open=head", { model: null, by: "multiplyAdds", open: null })).toBe("");
  });

  it("read again, is what was written", () => {
    const text = fc.option(fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(fc.record({ model: text, by: fc.constantFrom(...costMeasures), open: text }), (state) => {
        expect(scaleAddress.read(scaleAddress.write("", state))).toEqual({ state, problems: [] });
      }),
    );
  });

  it("says of a measure that is none what would be right", () => {
    const { state, problems } = scaleAddress.read("?by=time");
    expect(state.by).toBe("multiplyAdds");
    expect(problems).toEqual([
      "The page's address says by=time; it should be multiply-adds or parameters. multiply-adds is taken.",
    ]);
  });
});
