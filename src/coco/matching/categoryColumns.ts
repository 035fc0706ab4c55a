import type { AreaRange, EvaluationParameters } from "../parameters.js";
import { sortByScore } from "../sortByScore.js";
import type { DetectionTable, GroundTruthTable } from "../tables.js";
import type { Ious } from "./boxOrMaskIous.js";
import type { CategoryMatches } from "./categoryMatches.js";
import type { Matcher } from "./matcher.js";
import { outcomeOf, thresholdBits, wordsOf } from "./outcome.js";
import type { CategoryRows } from "./rowsByCategory.js";

/** The memory behind `CategoryMatches`: allocated for the largest category and reused for each. */
export class CategoryColumns {
  private readonly most: number;
  private readonly areaRanges: readonly AreaRange[];
  private readonly thresholds: number;
  private readonly words: number;

  // One entry per detection of the category, in the order of its rows: which of `images` it is in.
  private readonly groupOf: Int32Array;
  // One entry per detection of the category, by descending score over all images: which of the rows it is.
  private readonly ranked: Int32Array;
  private readonly rankedScores: Float64Array;

  // One entry per detection that counts.
  private readonly rows: Int32Array;
  private readonly image: Int32Array;
  private readonly rank: Int32Array;
  private readonly scores: Float64Array;
  private readonly areas: Float64Array;
  private readonly order: Int32Array;
  private readonly outcomes: readonly Int32Array[];
  private length = 0;

  // One entry per image with an object or a detection of the category, plus one for the end of the last.
  private readonly images: Int32Array;
  private readonly groundTruthStarts: Int32Array;
  private readonly starts: Int32Array;
  private readonly positivesByImage: readonly Int32Array[];
  private readonly positives: Int32Array;
  private groups = 0;

  constructor(
    private readonly groundTruth: GroundTruthTable,
    private readonly detections: DetectionTable,
    parts: readonly CategoryRows[],
    { areaRanges, iouThresholds, maxDets }: EvaluationParameters,
  ) {
    const largest = parts.reduce((most, part) => Math.max(most, part.detections.length), 0);
    const images = groundTruth.images.length;
    this.most = maxDets.at(-1) ?? 0;
    this.areaRanges = areaRanges;
    this.thresholds = iouThresholds.length;
    this.words = wordsOf(iouThresholds.length);
    this.groupOf = new Int32Array(largest);
    this.ranked = new Int32Array(largest);
    this.rankedScores = new Float64Array(largest);
    this.rows = new Int32Array(largest);
    this.image = new Int32Array(largest);
    this.rank = new Int32Array(largest);
    this.scores = new Float64Array(largest);
    this.areas = new Float64Array(largest);
    this.order = new Int32Array(largest);
    this.outcomes = areaRanges.map(() => new Int32Array(largest * this.words));
    this.images = new Int32Array(images);
    this.groundTruthStarts = new Int32Array(images + 1);
    this.starts = new Int32Array(images + 1);
    this.positivesByImage = areaRanges.map(() => new Int32Array(images));
    this.positives = new Int32Array(areaRanges.length);
  }

  /** Orders a category's detections by image and descending score, and ranks them over all images. */
  arrange(part: CategoryRows): void {
    this.arrangeImages(part);
    const { areas, scores } = this.detections;
    const count = part.detections.length;
    for (let i = 0; i < count; i++) {
      this.ranked[i] = i;
      this.rankedScores[i] = scores[part.detections[i]!]!;
    }
    sortByScore(this.rankedScores.subarray(0, count), this.ranked.subarray(0, count));

    // Sorting over all images also sorts within each.
    const seen = new Int32Array(this.groups);
    let length = 0;
    for (let i = 0; i < count; i++) {
      const detection = this.ranked[i]!;
      const group = this.groupOf[detection]!;
      const rank = seen[group]!++;
      if (rank < this.most) {
        const at = this.starts[group]! + rank;
        const row = part.detections[detection]!;
        this.rows[at] = row;
        this.areas[at] = areas[row]!;
        this.image[at] = this.images[group]!;
        this.rank[at] = rank;
        this.scores[at] = this.rankedScores[i]!;
        this.order[length++] = at;
      }
    }
    this.length = length;
  }

  /** Matches what `arrange` ordered, one image at a time. */
  match(part: CategoryRows, matcher: Matcher, iousBetween: Ious): void {
    this.resetOutcomes();
    const positives = new Int32Array(this.positives.length);
    for (let group = 0; group < this.groups; group++) {
      const firstTruth = this.groundTruthStarts[group]!;
      const endTruth = this.groundTruthStarts[group + 1]!;
      if (firstTruth === endTruth) {
        continue;
      }
      const groundTruths = part.groundTruths.subarray(firstTruth, endTruth);
      const start = this.starts[group]!;
      const rows = this.rows.subarray(start, this.starts[group + 1]);
      const ious = iousBetween(rows, groundTruths);
      matcher.open(groundTruths, positives);
      for (let d = 0; d < rows.length; d++) {
        const at = start + d;
        matcher.match(groundTruths, ious, d, this.areas[at]!, this.outcomes, at * this.words);
      }
      for (let a = 0; a < positives.length; a++) {
        this.positivesByImage[a]![group] = positives[a]!;
        this.positives[a]! += positives[a]!;
      }
    }
  }

  /** Gives each detection its outcome in an image without objects: false positive, or ignored outside the area range. */
  private resetOutcomes(): void {
    this.positives.fill(0);
    for (const [a, { min, max }] of this.areaRanges.entries()) {
      this.positivesByImage[a]!.fill(0, 0, this.groups);
      const outcomes = this.outcomes[a]!;
      for (let word = 0; word < this.words; word++) {
        const ignored = outcomeOf(0, thresholdBits(this.thresholds, word));
        for (let d = 0; d < this.length; d++) {
          const area = this.areas[d]!;
          outcomes[d * this.words + word] = area < min || area > max ? ignored : 0;
        }
      }
    }
  }

  view(category: number, categoryId: number): CategoryMatches {
    const length = this.length;
    return {
      category,
      categoryId,
      length,
      rows: this.rows.subarray(0, length),
      image: this.image.subarray(0, length),
      rank: this.rank.subarray(0, length),
      scores: this.scores.subarray(0, length),
      order: this.order.subarray(0, length),
      images: this.images.subarray(0, this.groups),
      ranges: this.outcomes.map((outcomes, a) => ({
        outcomes: outcomes.subarray(0, length * this.words),
        positives: this.positives[a]!,
        positivesByImage: this.positivesByImage[a]!.subarray(0, this.groups),
      })),
    };
  }

  /** Finds the images of both kinds of rows, and where each image's rows begin. */
  private arrangeImages({ groundTruths, detections }: CategoryRows): void {
    const truthImages = this.groundTruth.image;
    const foundImages = this.detections.image;
    let groups = 0;
    let start = 0;
    let g = 0;
    let d = 0;
    while (g < groundTruths.length || d < detections.length) {
      const ofTruth = g < groundTruths.length ? truthImages[groundTruths[g]!]! : Number.POSITIVE_INFINITY;
      const ofFound = d < detections.length ? foundImages[detections[d]!]! : Number.POSITIVE_INFINITY;
      const image = Math.min(ofTruth, ofFound);
      this.images[groups] = image;
      this.groundTruthStarts[groups] = g;
      this.starts[groups] = start;
      while (g < groundTruths.length && truthImages[groundTruths[g]!] === image) g++;
      const first = d;
      while (d < detections.length && foundImages[detections[d]!] === image) this.groupOf[d++] = groups;
      start += Math.min(d - first, this.most);
      groups++;
    }
    this.groundTruthStarts[groups] = g;
    this.starts[groups] = start;
    this.groups = groups;
  }
}
