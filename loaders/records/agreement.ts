import { deviation, mean, sum } from "d3";
import type { Interval } from "../../src/coco/bootstrap/confidenceIntervals.js";

/** Whether a study's runs, made again, agree with its records, and in words what that means. */
export interface Agreement {
  readonly agrees: boolean;
  readonly sentence: string;
}

/** Of Student's t for 1, 2, … degrees of freedom, and of the normal distribution beyond: 95% are within ± this. */
const studentQuantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086,
];
const normalQuantile = 1.96;

/**
 * Compares runs with records by how much runs of different seeds differ: the two-sample t-test at 95%, with the spread
 * pooled over both groups.
 *
 * @param recorded each recorded run's AP, and `again` that of each rerun: three in all or more, so that there is a spread
 */
export function agreementBySeeds(recorded: readonly number[], again: readonly number[]): Agreement {
  const [before, after] = [mean(recorded)!, mean(again)!];
  const freedom = recorded.length + again.length - 2;
  const squares = (values: readonly number[]) => (values.length - 1) * (deviation(values) ?? 0) ** 2;
  const spread = Math.sqrt(sum([squares(recorded), squares(again)]) / freedom);
  const quantile = studentQuantiles[freedom - 1] ?? normalQuantile;
  const margin = quantile * spread * Math.sqrt(1 / recorded.length + 1 / again.length);
  const difference = after - before;
  const agrees = Math.abs(difference) <= margin;
  return {
    agrees,
    sentence:
      `${agrees ? "agrees" : "differs"}: the mean is ${points(after)} over ${counted(again.length, "rerun")} and ` +
      `${points(before)} over ${counted(recorded.length, "record")}, a difference of ${signed(difference)}. Agreeing ` +
      `means that it is at most ${points(margin)}, as it would be for 95 of 100 pairs of such groups that differ only in ` +
      `their seeds (standard deviation ${points(spread)}). ${detectable(margin, before)}`,
  };
}

/**
 * Compares one rerun with one record, whose seeds' spread is unknown, by the images that both were measured on.
 *
 * @param difference rerun minus record, with its 95% bootstrap interval over those images
 */
export function agreementByImages(
  { value, low, high }: Interval,
  recorded: number,
  images: number,
): Agreement {
  const agrees = low <= 0 && high >= 0;
  return {
    agrees,
    sentence:
      `${agrees ? "agrees" : "differs"}: on the same ${images} images, the difference is ${signed(value)}, with the 95% ` +
      `bootstrap interval ${signed(low)} to ${signed(high)}. Agreeing means that the interval includes 0, so that the ` +
      `images cannot tell the two networks apart. ${detectable((high - low) / 2, recorded)} ${oneSeed(agrees)}`,
  };
}

/**
 * Compares one rerun with one record by the 95% bootstrap interval that each has alone, which is all there is without
 * the weights of both.
 */
export function agreementByIntervals(recorded: Interval, again: Interval): Agreement {
  const margin = Math.hypot(halfWidth(recorded), halfWidth(again));
  const difference = again.value - recorded.value;
  const agrees = Math.abs(difference) <= margin;
  return {
    agrees,
    sentence:
      `${agrees ? "agrees" : "differs"}: the difference is ${signed(difference)}. Agreeing means that it is at most ` +
      `${points(margin)}, as the 95% bootstrap intervals of both allow. ${detectable(margin, recorded.value)} The weights ` +
      `of both would allow a comparison image by image, which detects less. ${oneSeed(agrees)}`,
  };
}

function detectable(margin: number, recorded: number): string {
  const least = `A difference below ${points(margin)} could not have been detected`;
  return margin > recorded / 2 ? `${least}, which is much beside an AP of ${points(recorded)}.` : `${least}.`;
}

function oneSeed(agrees: boolean): string {
  return agrees
    ? "How much seeds differ is unknown with one run each."
    : "With one run each, that may be chance in training: records of several seeds would tell.";
}

const halfWidth = ({ low, high }: Interval) => (high - low) / 2;
const points = (value: number) => value.toFixed(4);
const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
