import * as v from "valibot";

/** JSON writes 1e999 as it likes, and it is read as infinite. */
export const finiteNumber = v.pipe(v.number(), v.finite());

/** Exact: larger ones may be another number than the file says. */
export const wholeNumber = v.pipe(v.number(), v.safeInteger());

export const count = v.pipe(wholeNumber, v.minValue(0));
export const positiveCount = v.pipe(wholeNumber, v.minValue(1));
export const positive = v.pipe(finiteNumber, v.gtValue(0));
export const nonNegative = v.pipe(finiteNumber, v.minValue(0));

/** From 0 to below 1. */
export const fraction = v.pipe(finiteNumber, v.minValue(0), v.ltValue(1));

/** From 0 to 1. */
export const share = v.pipe(finiteNumber, v.minValue(0), v.maxValue(1));

/** A whole number from `low` to `high`, both included. */
export function wholeNumberFrom(low: number, high: number) {
  const message = ({ received }: { received: string }): string =>
    `is ${received}; expected a whole number from ${low} to ${high}.`;
  return v.pipe(wholeNumber, v.minValue(low, message), v.maxValue(high, message));
}

/** A number above 0, at most `high`. */
export function positiveUpTo(high: number) {
  const message = ({ received }: { received: string }): string =>
    `is ${received}; expected a number above 0, at most ${high}.`;
  return v.pipe(v.number(), v.gtValue(0, message), v.maxValue(high, message));
}
