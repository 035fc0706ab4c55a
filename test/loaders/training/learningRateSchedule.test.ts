import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { learningRateAt, scheduleSchema } from "../../../loaders/training/learningRateSchedule.js";

const schedule = (value: unknown) => v.parse(scheduleSchema, value);
const rates = (value: unknown, steps: number, ...at: number[]) =>
  at.map((step) => learningRateAt(schedule(value), step, steps));

describe("learningRateAt", () => {
  it("falls along half a cosine from the base rate to the last step's share of it", () => {
    // 9 steps, so 8 from first to last: cos 0, π/2, π at steps 0, 4, 8. Half way: 0.8 · (0.1 + 0.9 / 2) = 0.44.
    const found = rates({ kind: "cosine", rate: 0.8, final: 0.1 }, 9, 0, 4, 8);
    [0.8, 0.44, 0.08].forEach((rate, index) => {
      expect(found[index]).toBeCloseTo(rate, 12);
    });
  });

  it("rises in a straight line first, and reaches the base rate as the warm-up ends", () => {
    const warm = { kind: "cosine", rate: 1, warmupSteps: 4, warmupRate: 0.2 };
    // 0.2, 0.4, 0.6, 0.8, then 1; the cosine takes what is left: step 14 of 0 … 14 is the last, at 0.
    const found = rates(warm, 15, 0, 1, 2, 3, 4, 9, 14);
    [0.2, 0.4, 0.6, 0.8, 1, 0.5, 0].forEach((rate, index) => {
      expect(found[index]).toBeCloseTo(rate, 12);
    });
  });

  it("drops by factors of the base rate, from a share of all steps on", () => {
    const steps = {
      kind: "step",
      rate: 0.28,
      drops: [
        { at: 0.5, factor: 0.1 },
        { at: 0.9, factor: 0.01 },
      ],
    };
    const found = rates(steps, 100, 0, 49, 50, 89, 90, 99);
    [0.28, 0.28, 0.028, 0.028, 0.0028, 0.0028].forEach((rate, index) => {
      expect(found[index]).toBeCloseTo(rate, 12);
    });
  });

  it("has a rate at a run's only step", () => {
    expect(rates({ kind: "cosine", rate: 0.5 }, 1, 0)).toEqual([0.5]);
  });

  it("is not read where drops are out of order", () => {
    const drops = [
      { at: 0.9, factor: 0.01 },
      { at: 0.5, factor: 0.1 },
    ];
    expect(() => schedule({ kind: "step", rate: 1, drops })).toThrow("must be in ascending order of at");
  });
});
