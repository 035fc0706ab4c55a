import { quantileSorted } from "d3";

/** The distribution of some measurements. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** The 25th and 75th percentiles. */
  readonly quartiles: readonly [lower: number, upper: number];
}

/** @param values At least one. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => quantileSorted(sorted, share)!;
  return { median: at(0.5), least: at(0), most: at(1), quartiles: [at(0.25), at(0.75)] };
}
