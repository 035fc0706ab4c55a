import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LiveAddress, readLiveAddress, writeLiveAddress } from "../../../src/components/live/address.js";

const name = fc.option(fc.string({ minLength: 1 }), { nil: null });

describe("readLiveAddress(query)", () => {
  it("takes what is usual where the address says nothing", () => {
    const address: LiveAddress = { model: null, sample: null, score: 0.4, backend: "auto" };
    expect(readLiveAddress("")).toEqual({ address, problems: [] });
  });

  it("says what is wrong with a value, and takes what is usual in its place", () => {
    const { address, problems } = readLiveAddress("?score=2&backend=metal");
    expect(address).toMatchObject({ score: 0.4, backend: "auto" });
    expect(problems).toEqual([
      "The page's address says score=2; it should be a number from 0.05 to 0.95. 0.4 is taken.",
      "The page's address says backend=metal; it should be webgpu, webgl or wasm. The page chooses by itself.",
    ]);
  });

  it("reads back every state that was written", () => {
    const states: fc.Arbitrary<LiveAddress> = fc.record({
      model: name,
      sample: name,
      score: fc.integer({ min: 5, max: 95 }).map((hundredths) => hundredths / 100),
      backend: fc.constantFrom("auto", "webgpu", "webgl", "wasm"),
    });
    fc.assert(
      fc.property(states, (address) => {
        expect(readLiveAddress(writeLiveAddress("", address))).toEqual({ address, problems: [] });
      }),
    );
  });
});

describe("writeLiveAddress(query, address)", () => {
  it("leaves out what is usual, and other parameters alone", () => {
    const usual: LiveAddress = { model: null, sample: null, score: 0.4, backend: "auto" };
    expect(writeLiveAddress("", usual)).toBe("");
    expect(writeLiveAddress("?score=0.7&x=1", { ...usual, sample: "boats" })).toBe("?x=1&sample=boats");
  });
});
