/**
 * Outcomes of one category's detections, as columns with one entry per detection that counts, i.e. the best
 * `max(maxDets)` of each image. They are ordered by image, then by descending score.
 *
 * All arrays are views of memory that the next category overwrites; copy what you keep.
 */
export interface CategoryMatches {
  /** Index of the category among those measured, ascending by id. */
  readonly category: number;
  /** −1 if all categories are measured as one. */
  readonly categoryId: number;
  /** Number of detections that count. */
  readonly length: number;
  /** Row in the detection table. */
  readonly rows: Int32Array;
  /** Index into the ground truth's `images`. */
  readonly image: Int32Array;
  /** Rank among the detections of its image, from 0: it counts at a `maxDets` of n if its rank is below n. */
  readonly rank: Int32Array;
  readonly scores: Float64Array;
  /**
   * The detections (indices into these columns) by descending score over all images. Ties are broken by image, then
   * by row. The order at a smaller `maxDets` is this one without the ranks beyond it.
   */
  readonly order: Int32Array;
  /** Images (indices into the ground truth's `images`) with an object or a detection of the category; ascending. */
  readonly images: Int32Array;
  /** One per area range. */
  readonly ranges: readonly RangeMatches[];
}

/** The outcomes in one area range. */
interface RangeMatches {
  /**
   * `[length, wordsOf(iouThresholds.length)]`, one row per detection: words of 16 thresholds each, whose bits are
   * defined in outcome.ts.
   */
  readonly outcomes: Int32Array;
  /** Number of ground truths that count, over all images. */
  readonly positives: number;
  /** The same for each of `images`. */
  readonly positivesByImage: Int32Array;
}
