import { describe, expect, it } from "vitest";
import {
  agreementByImages,
  agreementByIntervals,
  agreementBySeeds,
} from "../../../loaders/records/agreement.js";

describe("agreementBySeeds", () => {
  // Deviations ±0.01 around 0.30: variance (0.0001 + 0 + 0.0001) / 2, so a spread of 0.01 with 2 degrees of freedom.
  const recorded = [0.29, 0.3, 0.31];

  it("allows what Student's t allows for the seeds' spread", () => {
    // 4.303 · 0.01 · √(1/3 + 1) = 0.0497
    expect(agreementBySeeds(recorded, [0.349])).toMatchObject({ agrees: true });
    expect(agreementBySeeds(recorded, [0.351])).toMatchObject({ agrees: false });
    expect(agreementBySeeds(recorded, [0.249])).toMatchObject({ agrees: false });
  });

  it("allows less the more runs there are", () => {
    // Four degrees of freedom, the same spread: 2.776 · 0.01 · √(2/3) = 0.0227
    expect(agreementBySeeds(recorded, [0.312, 0.322, 0.332])).toMatchObject({ agrees: true });
    expect(agreementBySeeds(recorded, [0.314, 0.324, 0.334])).toMatchObject({ agrees: false });
  });

  it("says what agreeing means, and what it could not have detected", () => {
    expect(agreementBySeeds(recorded, [0.31]).sentence).toBe(
      "agrees: the mean is 0.3100 over 1 rerun and 0.3000 over 3 records, a difference of +0.0100. Agreeing means that it " +
        "is at most 0.0497, as it would be for 95 of 100 pairs of such groups that differ only in their seeds (standard " +
        "deviation 0.0100). A difference below 0.0497 could not have been detected.",
    );
  });

  it("holds a small AP to a small spread: no fixed tolerance covers it", () => {
    const { agrees, sentence } = agreementBySeeds([0.053, 0.0535, 0.0525], [0.04]);
    expect(agrees).toBe(false);
    expect(sentence).toMatch(/^differs: /);
  });
});

describe("agreementByImages", () => {
  it("asks whether the images can tell the networks apart", () => {
    expect(agreementByImages({ value: -0.01, low: -0.03, high: 0.02 }, 0.5, 55)).toEqual({
      agrees: true,
      sentence:
        "agrees: on the same 55 images, the difference is −0.0100, with the 95% bootstrap interval −0.0300 to +0.0200. " +
        "Agreeing means that the interval includes 0, so that the images cannot tell the two networks apart. A difference " +
        "below 0.0250 could not have been detected. How much seeds differ is unknown with one run each.",
    });
    const differs = agreementByImages({ value: -0.03, low: -0.05, high: -0.01 }, 0.5, 55);
    expect(differs.agrees).toBe(false);
    expect(differs.sentence).toContain("records of several seeds would tell");
  });

  it("says so where an AP is too small for its images", () => {
    const { agrees, sentence } = agreementByImages({ value: 0.03, low: -0.01, high: 0.07 }, 0.053, 369);
    expect(agrees).toBe(true);
    expect(sentence).toContain(
      "below 0.0400 could not have been detected, which is much beside an AP of 0.0530.",
    );
  });
});

describe("agreementByIntervals", () => {
  it("adds the intervals' half widths as independent errors", () => {
    // √(0.03² + 0.04²) = 0.05
    const recorded = { value: 0.5, low: 0.47, high: 0.53 };
    const again = (value: number) => ({ value, low: value - 0.04, high: value + 0.04 });
    expect(agreementByIntervals(recorded, again(0.549)).agrees).toBe(true);
    expect(agreementByIntervals(recorded, again(0.551)).agrees).toBe(false);
  });
});
