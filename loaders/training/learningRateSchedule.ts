import * as v from "valibot";
import { count, nonNegative, positive, share } from "../../src/architecture/model/numbers.js";

const warmUp = {
  /** Steps of linear warm-up to the base rate. */
  warmupSteps: v.optional(count, 0),
  /** The rate at the start of warm-up. */
  warmupRate: v.optional(nonNegative, 0),
};

export const scheduleSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("cosine"),
    rate: positive,
    ...warmUp,
    /** The last step's rate, as a share of the base rate. */
    final: v.optional(share, 0),
  }),
  v.strictObject({
    kind: v.literal("step"),
    rate: positive,
    ...warmUp,
    /** From each share `at` of all steps on, the rate is the base rate times `factor`. */
    drops: v.pipe(
      v.array(v.strictObject({ at: share, factor: positive })),
      v.check(
        (drops) => drops.every(({ at }, index) => index === 0 || drops[index - 1]!.at < at),
        "must be in ascending order of at",
      ),
    ),
  }),
]);

export type Schedule = v.InferOutput<typeof scheduleSchema>;

/** The learning rate of a step, counted from 0, of `steps`. */
export function learningRateAt(schedule: Schedule, step: number, steps: number): number {
  const { rate: base, warmupSteps, warmupRate } = schedule;
  if (step < warmupSteps) return warmupRate + ((base - warmupRate) * step) / warmupSteps;
  if (schedule.kind === "cosine") {
    const progress = (step - warmupSteps) / Math.max(1, steps - 1 - warmupSteps);
    const wave = (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
    return base * (schedule.final + (1 - schedule.final) * wave);
  }
  const passed = schedule.drops.filter(({ at }) => step >= at * steps);
  return base * (passed.at(-1)?.factor ?? 1);
}
