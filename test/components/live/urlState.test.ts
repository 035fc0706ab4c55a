import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LiveState, liveAddress } from "../../../src/components/live/urlState.js";

const name = fc.option(fc.string({ minLength: 1 }), { nil: null });

describe("liveAddress.read(query)", () => {
  it("takes what is usual where the address says nothing", () => {
    const address: LiveState = { model: null, sample: null, score: 0.4, backend: "auto" };
    expect(liveAddress.read("")).toEqual({ state: address, problems: [] });
  });

  it("says what is wrong with a value, and takes what is usual in its place", () => {
    const { state, problems } = liveAddress.read("?score=2&backend=metal");
    expect(state).toMatchObject({ score: 0.4, backend: "auto" });
    expect(problems).toEqual([
      "The page's address says score=2; it should be a number from 0.05 to 0.95. 0.4 is taken.",
      "The page's address says backend=metal; it should be webgpu, webgl or wasm. The page chooses by itself.",
    ]);
  });

  it("reads back every state that was written", () => {
    const states: fc.Arbitrary<LiveState> = fc.record({
      model: name,
      sample: name,
      score: fc.integer({ min: 5, max: 95 }).map((hundredths) => hundredths / 100),
      backend: fc.constantFrom("auto", "webgpu", "webgl", "wasm"),
    });
    fc.assert(
      fc.property(states, (state) => {
        expect(liveAddress.read(liveAddress.write("", state))).toEqual({ state, problems: [] });
      }),
    );
  });
});

describe("liveAddress.write(query, address)", () => {
  it("leaves out what is usual, and other parameters alone", () => {
    const usual: LiveState = { model: null, sample: null, score: 0.4, backend: "auto" };
    expect(liveAddress.write("", usual)).toBe("");
    expect(liveAddress.write("?score=0.7&x=1", { ...usual, sample: "boats" })).toBe("?x=1&sample=boats");
  });
});
