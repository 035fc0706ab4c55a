import type { CategoryMatches } from "./categoryMatches.js";
import type { CategoryRows } from "./groups.js";
import type { Matcher } from "./match.js";
import { wordsOf } from "./outcome.js";
import type { Overlaps } from "./overlaps.js";
import type { EvaluationParameters } from "./parameters.js";
import { sortByScore } from "./ranking.js";
import type { DetectionTable, GroundTruthTable } from "./tables.js";

/** The memory behind `CategoryMatches`: room for the largest category, filled with one after the other. */
export class CategoryColumns {
  readonly #groundTruth: GroundTruthTable;
  readonly #detections: DetectionTable;
  readonly #most: number;
  readonly #words: number;

  // One entry a detection of the category, best first over all images.
  readonly #ranked: Int32Array;
  readonly #rankedScores: Float64Array;

  // One entry a detection that counts.
  readonly #rows: Int32Array;
  readonly #image: Int32Array;
  readonly #rank: Int32Array;
  readonly #scores: Float64Array;
  readonly #order: Int32Array;
  readonly #outcomes: readonly Int32Array[];
  #length = 0;

  // One entry an image that holds an object or a detection of the category, and one more for where the last ends.
  readonly #images: Int32Array;
  readonly #groundTruthStarts: Int32Array;
  readonly #starts: Int32Array;
  readonly #positivesByImage: readonly Int32Array[];
  readonly #positives: Int32Array;
  #groups = 0;

  /** Which of `#images`, by index into the ground truth's `images`. */
  readonly #groupOf: Int32Array;

  constructor(
    groundTruth: GroundTruthTable,
    detections: DetectionTable,
    parts: readonly CategoryRows[],
    { areaRanges, iouThresholds, maxDets }: EvaluationParameters,
  ) {
    const largest = parts.reduce((most, part) => Math.max(most, part.detections.length), 0);
    const images = groundTruth.images.length;
    this.#groundTruth = groundTruth;
    this.#detections = detections;
    this.#most = maxDets.at(-1) ?? 0;
    this.#words = wordsOf(iouThresholds.length);
    this.#ranked = new Int32Array(largest);
    this.#rankedScores = new Float64Array(largest);
    this.#rows = new Int32Array(largest);
    this.#image = new Int32Array(largest);
    this.#rank = new Int32Array(largest);
    this.#scores = new Float64Array(largest);
    this.#order = new Int32Array(largest);
    this.#outcomes = areaRanges.map(() => new Int32Array(largest * this.#words));
    this.#images = new Int32Array(images);
    this.#groundTruthStarts = new Int32Array(images + 1);
    this.#starts = new Int32Array(images + 1);
    this.#positivesByImage = areaRanges.map(() => new Int32Array(images));
    this.#positives = new Int32Array(areaRanges.length);
    this.#groupOf = new Int32Array(images);
  }

  /** Lays out a category's detections: image after image, best first within, and ranked over all images. */
  lay(part: CategoryRows): void {
    this.#layImages(part);
    const { image, scores } = this.#detections;
    const count = part.detections.length;
    for (let i = 0; i < count; i++) {
      const row = part.detections[i]!;
      this.#ranked[i] = row;
      this.#rankedScores[i] = scores[row]!;
    }
    sortByScore(this.#rankedScores.subarray(0, count), this.#ranked.subarray(0, count));

    // Sorted over all images is sorted within each: an image's detections come by best first.
    const seen = new Int32Array(this.#groups);
    let length = 0;
    for (let i = 0; i < count; i++) {
      const row = this.#ranked[i]!;
      const group = this.#groupOf[image[row]!]!;
      const rank = seen[group]!++;
      if (rank < this.#most) {
        const at = this.#starts[group]! + rank;
        this.#rows[at] = row;
        this.#image[at] = image[row]!;
        this.#rank[at] = rank;
        this.#scores[at] = this.#rankedScores[i]!;
        this.#order[length++] = at;
      }
    }
    this.#length = length;
  }

  /** Matches what `lay` laid out, an image at a time. */
  match(part: CategoryRows, matcher: Matcher, overlaps: Overlaps): void {
    const { areas } = this.#detections;
    const positives = new Int32Array(this.#positives.length);
    this.#positives.fill(0);
    for (let group = 0; group < this.#groups; group++) {
      const groundTruths = part.groundTruths.subarray(
        this.#groundTruthStarts[group],
        this.#groundTruthStarts[group + 1],
      );
      const start = this.#starts[group]!;
      const rows = this.#rows.subarray(start, this.#starts[group + 1]);
      const ious = overlaps(rows, groundTruths);
      matcher.open(groundTruths, positives);
      for (let d = 0; d < rows.length; d++) {
        const at = (start + d) * this.#words;
        matcher.match(groundTruths, ious, d, areas[rows[d]!]!, this.#outcomes, at);
      }
      for (let a = 0; a < positives.length; a++) {
        this.#positivesByImage[a]![group] = positives[a]!;
        this.#positives[a]! += positives[a]!;
      }
    }
  }

  view(category: number, categoryId: number): CategoryMatches {
    const length = this.#length;
    return {
      category,
      categoryId,
      length,
      rows: this.#rows.subarray(0, length),
      image: this.#image.subarray(0, length),
      rank: this.#rank.subarray(0, length),
      scores: this.#scores.subarray(0, length),
      order: this.#order.subarray(0, length),
      images: this.#images.subarray(0, this.#groups),
      ranges: this.#outcomes.map((outcomes, a) => ({
        outcomes: outcomes.subarray(0, length * this.#words),
        positives: this.#positives[a]!,
        positivesByImage: this.#positivesByImage[a]!.subarray(0, this.#groups),
      })),
    };
  }

  /** Finds the images of both kinds of rows, and where the rows of each begin. */
  #layImages({ groundTruths, detections }: CategoryRows): void {
    const truthImages = this.#groundTruth.image;
    const foundImages = this.#detections.image;
    let groups = 0;
    let start = 0;
    let g = 0;
    let d = 0;
    while (g < groundTruths.length || d < detections.length) {
      const ofTruth = g < groundTruths.length ? truthImages[groundTruths[g]!]! : Number.POSITIVE_INFINITY;
      const ofFound = d < detections.length ? foundImages[detections[d]!]! : Number.POSITIVE_INFINITY;
      const image = Math.min(ofTruth, ofFound);
      this.#images[groups] = image;
      this.#groupOf[image] = groups;
      this.#groundTruthStarts[groups] = g;
      this.#starts[groups++] = start;
      while (g < groundTruths.length && truthImages[groundTruths[g]!] === image) g++;
      const first = d;
      while (d < detections.length && foundImages[detections[d]!] === image) d++;
      start += Math.min(d - first, this.#most);
    }
    this.#groundTruthStarts[groups] = g;
    this.#starts[groups] = start;
    this.#groups = groups;
  }
}
