/**
 * What became of one category's detections: columns of one entry a detection that counts, that is of the best
 * `max(maxDets)` in each image. They lie image after image, each image's best first.
 *
 * All arrays are views of memory that the next category overwrites; whoever wants to keep one copies it.
 */
export interface CategoryMatches {
  /** Place of the category among those measured, ascending by id. */
  readonly category: number;
  /** −1 where all categories are measured as one. */
  readonly categoryId: number;
  /** Number of detections that count. */
  readonly length: number;
  /** Row in the detection table. */
  readonly rows: Int32Array;
  /** Index into the ground truth's `images`. */
  readonly image: Int32Array;
  /** Place among the detections of its image, from 0: one counts at a `maxDets` of n if its rank is below n. */
  readonly rank: Int32Array;
  readonly scores: Float64Array;
  /**
   * The detections (indices into these columns) best first over all images. Of equal scores come the earlier image's
   * first, within it the earlier row's. The order at a smaller `maxDets` is this one without the ranks beyond it.
   */
  readonly order: Int32Array;
  /** Images (indices into the ground truth's `images`) that hold an object or a detection of it; ascending. */
  readonly images: Int32Array;
  /** One an area range. */
  readonly ranges: readonly RangeMatches[];
}

/** What became of them where only objects of one area range are looked for. */
export interface RangeMatches {
  /**
   * `[length, wordsOf(iouThresholds.length)]`, one row a detection: words of 16 thresholds each; outcome.ts says what
   * their bits mean.
   */
  readonly outcomes: Int32Array;
  /** Ground truths to be found, in all images together. */
  readonly positives: number;
  /** As many in each of `images`. */
  readonly positivesByImage: Int32Array;
}
