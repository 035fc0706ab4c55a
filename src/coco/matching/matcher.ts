import type { AreaRange, EvaluationParameters } from "../parameters.js";
import type { GroundTruthTable } from "../tables.js";
import { outcomeOf, thresholdBits, thresholdsPerWord, wordsOf } from "./outcome.js";

/** An IoU of 1 must pass a threshold of 1 despite rounding. */
const highestThreshold = 1 - 1e-10;

/**
 * Matches detections, in descending order of score, to the unmatched ground truth with the highest IoU, as
 * pycocotools' `evaluateImg` does: ground truths that count come before ignored ones, the later of two with the same
 * IoU wins, and a crowd can be matched any number of times. Ignored are crowds, objects outside the area range and,
 * with `respectIgnore`, those marked `ignore`; pycocotools overwrites that mark with `iscrowd`, so by default it has no
 * effect. pycocotools stores the id of the match and reads 0 as "none": an object with the id 0 can be matched, but the
 * detection that matches it counts as unmatched.
 *
 * All thresholds are matched at once, one bit each. They are independent: a detection's candidates are the same at
 * each threshold, in the same order, and only which of them are still unmatched differs.
 */
export class Matcher {
  private readonly areaRanges: readonly AreaRange[];
  private readonly respectIgnore: boolean;
  private readonly thresholds: readonly number[];
  private readonly lowest: number;
  private readonly words: number;
  /** `[areaRanges, ground truths]` of a group: 1 if it counts. */
  private counts = new Uint8Array(0);
  /** `[areaRanges, words, ground truths]` of a group: bits of the thresholds at which it is matched. */
  private taken = new Int32Array(0);
  /** One detection's candidates, highest IoU first. */
  private candidates = new Int32Array(0);
  private passed = new Int32Array(0);

  constructor(
    private readonly groundTruth: GroundTruthTable,
    {
      areaRanges,
      iouThresholds,
      respectIgnore,
    }: Pick<EvaluationParameters, "areaRanges" | "iouThresholds" | "respectIgnore">,
  ) {
    this.areaRanges = areaRanges;
    this.respectIgnore = respectIgnore;
    this.thresholds = iouThresholds.map((threshold) => Math.min(threshold, highestThreshold));
    this.lowest = Math.min(...this.thresholds);
    this.words = wordsOf(iouThresholds.length);
  }

  /**
   * Starts a group, the ground truths of one category in one image, all of them unmatched.
   *
   * @param rows of the ground truth table
   * @param positives output: how many of them count in each area range
   */
  open(rows: Int32Array, positives: Int32Array): void {
    const size = rows.length;
    this.reserve(size);
    this.taken.fill(0, 0, this.areaRanges.length * this.words * size);
    const { areas, crowd, ignore } = this.groundTruth;
    for (const [a, { min, max }] of this.areaRanges.entries()) {
      let count = 0;
      for (let g = 0; g < size; g++) {
        const row = rows[g]!;
        const isMarked = crowd[row] === 1 || (this.respectIgnore && ignore[row] === 1);
        const isCounted = !(isMarked || areas[row]! < min || areas[row]! > max);
        this.counts[a * size + g] = isCounted ? 1 : 0;
        if (isCounted) count++;
      }
      positives[a] = count;
    }
  }

  /**
   * Matches the next detection of the group.
   *
   * @param rows as in `open`
   * @param ious `[detections, ground truths]` of the group
   * @param detection which row of `ious`
   * @param area the detection's, in square pixels: outside the area range it is ignored if unmatched
   * @param outcomes output, one per area range: `[detections, words]`
   * @param at index of the detection's first word there
   */
  match(
    rows: Int32Array,
    ious: Float64Array,
    detection: number,
    area: number,
    outcomes: readonly Int32Array[],
    at: number,
  ): void {
    const size = rows.length;
    const candidates = this.rankCandidates(ious, detection * size, size);
    for (let word = 0; word < this.words; word++) {
      const all = thresholdBits(this.thresholds.length, word);
      for (let c = 0; c < candidates; c++) {
        this.passed[c] = this.passedBits(ious[detection * size + this.candidates[c]!]!, word);
      }
      for (let a = 0; a < this.areaRanges.length; a++) {
        const { min, max } = this.areaRanges[a]!;
        const isOutside = area < min || area > max;
        outcomes[a]![at + word] =
          candidates === 0
            ? outcomeOf(0, isOutside ? all : 0)
            : this.outcome(rows, candidates, a, word, all, isOutside);
      }
    }
  }

  private outcome(
    rows: Int32Array,
    candidates: number,
    range: number,
    word: number,
    all: number,
    isOutside: boolean,
  ): number {
    const size = rows.length;
    const { crowd, ids } = this.groundTruth;
    const takenFrom = (range * this.words + word) * size;
    let searching = all;
    let matched = 0;
    let ignored = 0;
    for (let counted = 1; counted >= 0; counted--) {
      for (let c = 0; c < candidates; c++) {
        const g = this.candidates[c]!;
        if (this.counts[range * size + g] !== counted) {
          continue;
        }
        const row = rows[g]!;
        const free = crowd[row] === 1 ? -1 : ~this.taken[takenFrom + g]!;
        const found = this.passed[c]! & searching & free;
        this.taken[takenFrom + g]! |= found;
        searching &= ~found;
        if (ids[row] !== 0) matched |= found;
        if (counted === 0) ignored |= found;
      }
    }
    return outcomeOf(matched, isOutside ? ignored | (all & ~matched) : ignored);
  }

  /** Highest IoU first; of equal ones, the later ground truth. */
  private rankCandidates(ious: Float64Array, from: number, size: number): number {
    let count = 0;
    for (let g = 0; g < size; g++) {
      const iou = ious[from + g]!;
      if (!(iou >= this.lowest)) {
        continue;
      }
      let place = count++;
      for (; place > 0 && ious[from + this.candidates[place - 1]!]! <= iou; place--) {
        this.candidates[place] = this.candidates[place - 1]!;
      }
      this.candidates[place] = g;
    }
    return count;
  }

  private passedBits(iou: number, word: number): number {
    const first = word * thresholdsPerWord;
    const end = Math.min(first + thresholdsPerWord, this.thresholds.length);
    let bits = 0;
    for (let t = first; t < end; t++) {
      if (iou >= this.thresholds[t]!) bits |= 1 << (t - first);
    }
    return bits;
  }

  private reserve(size: number): void {
    if (size > this.candidates.length) {
      this.candidates = new Int32Array(2 * size);
      this.passed = new Int32Array(2 * size);
      this.counts = new Uint8Array(this.areaRanges.length * 2 * size);
      this.taken = new Int32Array(this.areaRanges.length * this.words * 2 * size);
    }
  }
}
