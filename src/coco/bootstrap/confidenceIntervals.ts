import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { matchCategories } from "../matching/matchCategories.js";
import { cocoParameters, type EvaluationParameters, evaluationParameters } from "../parameters.js";
import type { DetectionTable, GroundTruthTable } from "../tables.js";
import type { IouType } from "../types.js";
import { WeightedCategory } from "./weightedCategory.js";

export interface BootstrapOptions
  extends Partial<Omit<EvaluationParameters, "areaRanges" | "recallThresholds">> {
  /** Number of bootstrap samples; 1000 by default. */
  readonly rounds?: number;
  /** An integer, of which the lower 32 bits count; 0 by default. */
  readonly seed?: number;
  /** Confidence level; 0.95 by default. */
  readonly level?: number;
  /** Called after each round with the fraction done. */
  readonly onProgress?: (fraction: number) => void;
}

/** A value measured on the images, and its confidence interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** As fractions; undefined without ground truth, or if 0.5 is not among the IoU thresholds. */
export interface PrecisionIntervals {
  readonly ap: Interval | undefined;
  readonly ap50: Interval | undefined;
}

export interface PairedIntervals {
  readonly first: PrecisionIntervals;
  readonly second: PrecisionIntervals;
  /** First minus second, round by round on the same images. */
  readonly difference: PrecisionIntervals;
}

/**
 * Bootstrap confidence intervals of AP and AP50 over the choice of images. Each round draws as many images as there
 * are, with replacement, and evaluates the sample exactly: an image drawn k times is k times in the data set, and a
 * category without an object in the sample is left out of the mean. All object sizes count, at the largest of
 * `maxDets`.
 *
 * These are basic bootstrap intervals: the quantiles of the rounds, mirrored at the value (Davison and Hinkley,
 * "Bootstrap Methods and their Application", 1997, section 5.2). The more common percentile intervals do badly for AP:
 * the best precision at an equal or higher recall is a maximum, so AP is biased upwards if a category has few objects,
 * and more so in a round, which has fewer distinct ones. For the same reason an interval may be entirely below its
 * value. On synthetic sets (200 per row, 200 rounds each) the 95% interval covered the AP of 20,000 images this often
 * (test/benchmark/bootstrapCoverage.ts):
 *
 * | images, categories | basic | percentiles |
 * | --- | --- | --- |
 * | 50, 3 | 91% | 85% |
 * | 150, 3 | 92% | 88% |
 * | 150, 20 | 84% | 54% |
 * | 500, 20 | 94% | 59% |
 *
 * An interval covers the choice of images, as if drawn at random from a larger population. It does not cover the
 * variance between training runs, annotation errors, or images from another distribution.
 *
 * @throws Error as `evaluationParameters` and `matchCategories` do, or naming an option that is out of range
 */
export function bootstrap(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
  iouType: IouType,
  options: BootstrapOptions = {},
): PrecisionIntervals {
  const { level, ...sampling } = checked(options);
  const [precisions] = bootstrapSamples(groundTruth, [detections], iouType, sampling);
  return intervalsOf(precisions!, level);
}

/**
 * Like `bootstrap`, for two detectors on the same images and the difference between them. Images that are hard for one
 * are mostly hard for the other, so the difference has less variance than either AP: overlapping intervals do not mean
 * that it may be 0.
 */
export function bootstrapPair(
  groundTruth: GroundTruthTable,
  detections: readonly [first: DetectionTable, second: DetectionTable],
  iouType: IouType,
  options: BootstrapOptions = {},
): PairedIntervals {
  const { level, ...sampling } = checked(options);
  const [first, second] = bootstrapSamples(groundTruth, detections, iouType, sampling);
  const difference = first!.map(({ ap, ap50 }, round) => {
    return { ap: ap - second![round]!.ap, ap50: ap50 - second![round]!.ap50 };
  });
  return {
    first: intervalsOf(first!, level),
    second: intervalsOf(second!, level),
    difference: intervalsOf(difference, level, -1),
  };
}

/** Of one data set; NaN if there is no object, or no such IoU threshold. */
export interface Precision {
  readonly ap: number;
  readonly ap50: number;
}

interface BootstrapSampling extends BootstrapOptions {
  readonly rounds: number;
  readonly seed: number;
}

function checked({ rounds = 1000, seed = 0, level = 0.95, ...options }: BootstrapOptions) {
  if (!(Number.isSafeInteger(rounds) && rounds > 0)) {
    throw new Error(`rounds: is ${rounds}; expected a whole number of rounds above 0.`);
  }
  if (!Number.isSafeInteger(seed)) {
    throw new Error(`seed: is ${seed}; expected a whole number.`);
  }
  if (!(level > 0 && level < 1)) {
    throw new Error(`level: is ${level}; expected a number between 0 and 1, such as 0.95.`);
  }
  return { rounds, seed, level, ...options };
}

/**
 * AP and AP50 of every bootstrap sample.
 *
 * @returns one array per set of detections: of all images first, then of each round; samples are shared by all sets
 */
export function bootstrapSamples(
  groundTruth: GroundTruthTable,
  sets: readonly DetectionTable[],
  iouType: IouType,
  { rounds, seed, onProgress, ...options }: BootstrapSampling,
): Precision[][] {
  const parameters = evaluationParameters({
    ...options,
    areaRanges: cocoParameters.areaRanges.filter(({ name }) => name === "all"),
  });
  const { iouThresholds } = parameters;
  const categoriesBySet = sets.map((detections) =>
    Array.from(
      matchCategories(groundTruth, detections, iouType, parameters),
      (matches) => new WeightedCategory(matches, parameters),
    ),
  );
  const measured: Precision[][] = sets.map(() => []);
  const measure = (weights: Int32Array) => {
    for (const [set, categories] of categoriesBySet.entries()) {
      measured[set]!.push(meanOf(categories, weights, iouThresholds));
    }
  };

  const images = imagesOf(groundTruth, parameters);
  const weights = new Int32Array(groundTruth.images.length);
  for (let i = 0; i < images.length; i++) weights[images[i]!] = 1;
  measure(weights);
  const generator = xoroshiro128plus(seed);
  for (let round = 1; round <= rounds; round++) {
    weights.fill(0);
    for (let i = 0; i < images.length; i++) {
      weights[images[uniformInt(generator, 0, images.length - 1)]!]!++;
    }
    measure(weights);
    onProgress?.(round / rounds);
  }
  return measured;
}

function imagesOf({ images }: GroundTruthTable, { imageIds }: EvaluationParameters): Int32Array {
  const wanted = imageIds && new Set(imageIds);
  return Int32Array.from(images.keys()).filter((image) => wanted?.has(images[image]!.id) !== false);
}

function meanOf(
  categories: readonly WeightedCategory[],
  weights: Int32Array,
  iouThresholds: readonly number[],
): Precision {
  const at50 = iouThresholds.indexOf(0.5);
  const precisions = new Float64Array(iouThresholds.length);
  let measured = 0;
  let sum = 0;
  let sum50 = 0;
  for (const category of categories) {
    if (category.measure(weights, precisions)) {
      measured++;
      sum += precisions.reduce((total, precision) => total + precision, 0) / precisions.length;
      sum50 += precisions[at50] ?? Number.NaN;
    }
  }
  return { ap: sum / measured, ap50: sum50 / measured };
}

/**
 * @param precisions of all images, then of each round
 * @param least lower bound of the values; the upper bound is 1
 */
function intervalsOf(precisions: readonly Precision[], level: number, least = 0): PrecisionIntervals {
  const ap = precisions.map((precision) => precision.ap);
  const ap50 = precisions.map((precision) => precision.ap50);
  return { ap: intervalOf(ap, level, least), ap50: intervalOf(ap50, level, least) };
}

/** Rounds that drew no image with an object are left out. */
function intervalOf(
  [value = Number.NaN, ...rounds]: readonly number[],
  level: number,
  least: number,
): Interval | undefined {
  const sorted = Float64Array.from(rounds.filter((round) => !Number.isNaN(round))).sort();
  if (Number.isNaN(value) || sorted.length === 0) return undefined;
  return {
    value,
    low: Math.max(least, 2 * value - quantile(sorted, (1 + level) / 2)),
    high: Math.min(1, 2 * value - quantile(sorted, (1 - level) / 2)),
  };
}

/** Linearly interpolated, as by numpy.quantile. */
function quantile(sorted: Float64Array, part: number): number {
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}
