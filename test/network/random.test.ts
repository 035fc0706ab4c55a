import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStream } from "../../src/network/random.js";

const drawn = (count: number, ...keys: (number | string)[]) => {
  const random = randomStream(...keys);
  return Array.from({ length: count }, random);
};

describe("randomStream", () => {
  it("gives numbers from 0 to below 1, the same for the same keys", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.string()), { minLength: 1 }), (keys) => {
        const numbers = drawn(20, ...keys);
        expect(numbers.every((value) => value >= 0 && value < 1)).toBe(true);
        expect(drawn(20, ...keys)).toEqual(numbers);
      }),
    );
  });

  it("gives near keys far streams, and tells where one key ends", () => {
    const starts = [
      ...Array.from({ length: 2000 }, (_, step) => drawn(1, 1, "drop", step)[0]),
      ...[drawn(1, 1, 23), drawn(1, 12, 3), drawn(1, "a", "b"), drawn(1, "ab"), drawn(1, "ab", "")].flat(),
    ];
    expect(new Set(starts).size).toBe(starts.length);
  });

  it("spreads its first numbers evenly over near keys, and independently of each other", () => {
    const [first, second] = [0, 1].map((index) =>
      Array.from({ length: 4000 }, (_, step) => drawn(2, 7, "augment", step)[index]!),
    );
    const mean = first!.reduce((sum, value) => sum + value, 0) / 4000;
    // Of 4000 even numbers the mean has a deviation of √(1 / 12 / 4000) = 0.0046, the product's mean 0.0014.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
    const product =
      first!.reduce((sum, value, index) => sum + (value - 0.5) * (second![index]! - 0.5), 0) / 4000;
    expect(Math.abs(product)).toBeLessThan(0.006);
  });

  it("gives the very numbers it always has", () => {
    // By this code itself: another number here is another course for every run that is made again.
    expect(drawn(3, 1, "augment", 0)).toEqual([
      0.18307039881901177, 0.16654422416367676, 0.40009888254374737,
    ]);
  });
});
