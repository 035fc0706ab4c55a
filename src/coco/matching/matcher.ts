import type { AreaRange, EvaluationParameters } from "../parameters.js";
import type { GroundTruthTable } from "../tables.js";
import { outcomeOf, thresholdBits, thresholdsPerWord, wordsOf } from "./outcome.js";

/** An overlap of exactly 1 must pass a threshold of 1 whatever its last bit. */
const highestThreshold = 1 - 1e-10;

/**
 * Gives detections, best score first, the free ground truth they overlap most, as pycocotools' `evaluateImg` does:
 * those that count before those that are ignored, the later one of two that overlap alike, and crowds as often as
 * need be. Ignored are crowds, objects outside the area range and, with `respectIgnore`, those marked `ignore`;
 * pycocotools overwrites that mark by `iscrowd`, and so it counts for nothing otherwise. pycocotools keeps the id of
 * the match and reads 0 as "none": an object with the id 0 can be taken, but its finder counts as having found
 * nothing.
 *
 * All thresholds are matched at once, a bit each. That is possible since none depends on another: a detection's
 * candidates are the same at each threshold, in the same order, and only who is still free differs.
 */
export class Matcher {
  private readonly groundTruth: GroundTruthTable;
  private readonly areaRanges: readonly AreaRange[];
  private readonly respectIgnore: boolean;
  private readonly thresholds: readonly number[];
  private readonly lowest: number;
  private readonly words: number;
  /** `[areaRanges, ground truths]` of a group: 1 where one is to be found. */
  private counts = new Uint8Array(0);
  /** `[areaRanges, words, ground truths]` of a group: at which thresholds one is taken. */
  private taken = new Int32Array(0);
  /** One detection's candidates, the best first. */
  private candidates = new Int32Array(0);
  private passed = new Int32Array(0);

  constructor(
    groundTruth: GroundTruthTable,
    {
      areaRanges,
      iouThresholds,
      respectIgnore,
    }: Pick<EvaluationParameters, "areaRanges" | "iouThresholds" | "respectIgnore">,
  ) {
    this.groundTruth = groundTruth;
    this.areaRanges = areaRanges;
    this.respectIgnore = respectIgnore;
    this.thresholds = iouThresholds.map((threshold) => Math.min(threshold, highestThreshold));
    this.lowest = Math.min(...this.thresholds);
    this.words = wordsOf(iouThresholds.length);
  }

  /**
   * Takes in one group, the ground truths of one category in one image, and frees them all.
   *
   * @param rows of the ground truth table
   * @param positives gets how many of them are to be found in each area range
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
   * @param area the detection's, in square pixels: outside the area range it is ignored if it finds nothing
   * @param outcomes one a range, `[detections, words]`
   * @param at the detection's first word there
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

  /** Largest overlap first, of equal ones the later ground truth. */
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
