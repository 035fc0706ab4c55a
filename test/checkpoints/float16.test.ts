import { Float16Array } from "@petamoriken/float16";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromFloat16Bits, toFloat16Bits } from "../../src/checkpoints/float16.js";

const everyHalf = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);
const bitsByPackage = (values: Float32Array) => new Uint16Array(new Float16Array(values).buffer);

describe("float16", () => {
  it("gives every number there is, and its bits back", () => {
    const values = fromFloat16Bits(everyHalf);
    // Sign, five bits of exponent, ten of mantissa: 1, −2, 2⁻²⁴, 65504 and infinity.
    expect([0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00].map((bits) => values[bits])).toEqual([
      1,
      -2,
      2 ** -24,
      65504,
      Number.POSITIVE_INFINITY,
    ]);
    const bits = toFloat16Bits(values);
    // There are many that are not numbers, which all become one.
    expect(everyHalf.filter((half) => !Number.isNaN(values[half]) && bits[half] !== half)).toHaveLength(0);
    expect(bits[0x7e01]).toBe(0x7e00);
  });

  it("rounds between neighbours to the nearest, and halfway to the even one", () => {
    const values = fromFloat16Bits(everyHalf.subarray(0, 0x7c00));
    const between = [0.25, 0.5, 0.75].map((share) =>
      values.map((value, half) => value + share * ((values[half + 1] ?? 65536) - value)),
    );
    for (const [quarter, found] of between.map(toFloat16Bits).entries()) {
      const odd = (half: number) => (quarter === 1 ? half % 2 : Number(quarter === 2));
      expect(found.findIndex((bits, half) => bits !== half + odd(half))).toBe(-1);
    }
  });

  it("is what the package makes of any numbers", () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, maxLength: 50 }), (values) => {
        expect(toFloat16Bits(values)).toEqual(bitsByPackage(values));
        const small = values.map((value) => value * 2 ** -100);
        expect(toFloat16Bits(small)).toEqual(bitsByPackage(small));
      }),
    );
  });
});
