import "../../dom.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grouped, longCount, powerOfTen, shortCount } from "../../../src/components/search/bigCount.js";

describe("a big count", () => {
  it("is grouped by three digits, however long", () => {
    expect(grouped(15_897_070_781_839_228_211_822_592_000_000_000_000n)).toBe(
      "15,897,070,781,839,228,211,822,592,000,000,000,000",
    );
    expect(grouped(999n)).toBe("999");
  });

  it("is rounded to three digits and a power of ten", () => {
    expect(powerOfTen(15_897_070_781_839_228_211_822_592_000_000_000_000n)).toEqual([1.59, 37]);
    expect(powerOfTen(9_999_999n)).toEqual([1, 7]);
    expect(powerOfTen(7n)).toEqual([7, 0]);
    expect(powerOfTen(1_004_999n)).toEqual([1, 6]);
  });

  it("rounds to within half of its last digit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 60n }), (count) => {
        const [factor, exponent] = powerOfTen(count);
        expect(factor).toBeGreaterThanOrEqual(1);
        expect(factor).toBeLessThan(10);
        expect(Math.abs(Number(count) / 10 ** exponent - factor)).toBeLessThanOrEqual(0.00501);
      }),
    );
  });

  it("stands in text as it is up to a million, and as a power from there on", () => {
    expect(shortCount(999_999n).innerHTML).toBe("999,999");
    expect(shortCount(435_456_000n).innerHTML).toBe("4.35&nbsp;×&nbsp;10<sup>8</sup>");
  });

  it("may break at its commas, and keeps all its digits", () => {
    expect(longCount(435_456_000n).innerHTML).toBe("435,<wbr>456,<wbr>000");
    expect(longCount(435_456_000n).textContent).toBe("435,456,000");
  });
});
