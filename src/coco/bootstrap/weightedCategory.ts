import { truePositivesNeeded } from "../accumulate.js";
import type { CategoryMatches } from "../matching/categoryMatches.js";
import {
  ignoredBits,
  outcomeOf,
  thresholdBits,
  thresholdsPerWord,
  truePositiveBits,
  wordsOf,
} from "../matching/outcome.js";
import type { EvaluationParameters } from "../parameters.js";

/**
 * One category's detections, prepared for computing its average precision many times under different image weights.
 * An image of weight k counts as k consecutive copies of it.
 *
 * Only the detections that are true positives or ignored at some IoU are visited; of the false positives between them,
 * which are most, only the sum of weights matters.
 */
export class WeightedCategory {
  private readonly recallThresholds: readonly number[];
  /** Images with objects, and how many each has. */
  private readonly images: Int32Array;
  private readonly positives: Int32Array;
  /** One entry per detection that is not ignored at every IoU, by descending score: its image. */
  private readonly detectionImages: Int32Array;
  /** Indices of the telling ones: true positive or ignored at some IoU. */
  private readonly telling: Int32Array;
  /** One entry per telling one: its index among the detections of its image with the same score, and their number. */
  private readonly tieOffsets: Int32Array;
  private readonly tieLengths: Int32Array;
  /** One per IoU: indices of the telling ones that are true positives there; those of ignored ones are complemented. */
  private readonly events: readonly Int32Array[];

  /** One entry per telling one: the current weight of its image, and the sum of weights up to it. */
  private readonly weights: Int32Array;
  private readonly sums: Int32Array;
  /** Curve at the current weights: true positives and precision at each point. */
  private found = new Int32Array(0);
  private precisions = new Float64Array(0);
  private points = 0;
  private truePositives = 0;
  private ignored = 0;

  /**
   * @param matches of one area range; what is needed is copied
   * @param parameters of the matching; the recall thresholds ascend
   */
  constructor(
    { image, order, scores, images, ranges }: CategoryMatches,
    { iouThresholds, recallThresholds }: Pick<EvaluationParameters, "iouThresholds" | "recallThresholds">,
  ) {
    const thresholds = iouThresholds.length;
    const { outcomes, positivesByImage } = ranges[0]!;
    const words = wordsOf(thresholds);
    this.recallThresholds = recallThresholds;
    this.images = images.filter((_, index) => positivesByImage[index]! > 0);
    this.positives = positivesByImage.filter((count) => count > 0);

    const counting = order.filter((at) => !isIgnoredThroughout(outcomes, at, thresholds));
    const isTelling = (at: number) =>
      outcomes.subarray(at * words, (at + 1) * words).some((word) => word !== 0);
    this.detectionImages = counting.map((at) => image[at]!);
    this.telling = Int32Array.from(counting.keys()).filter((place) => isTelling(counting[place]!));
    const isTied = (a: number, b: number) =>
      b < counting.length &&
      a >= 0 &&
      image[counting[a]!] === image[counting[b]!] &&
      scores[counting[a]!] === scores[counting[b]!];
    this.tieOffsets = this.telling.map((place) => {
      let first = place;
      while (isTied(first - 1, place)) first--;
      return place - first;
    });
    this.tieLengths = this.telling.map((place, index) => {
      let last = place;
      while (isTied(place, last + 1)) last++;
      return this.tieOffsets[index]! + last - place + 1;
    });
    this.events = Array.from({ length: thresholds }, (_, threshold) => {
      const bit = 1 << (threshold % thresholdsPerWord);
      const word = Math.floor(threshold / thresholdsPerWord);
      const events: number[] = [];
      for (const [index, place] of this.telling.entries()) {
        const outcome = outcomes[counting[place]! * words + word]!;
        if ((truePositiveBits(outcome) & bit) !== 0) events.push(index);
        else if ((ignoredBits(outcome) & bit) !== 0) events.push(~index);
      }
      return Int32Array.from(events);
    });
    this.weights = new Int32Array(this.telling.length);
    this.sums = new Int32Array(this.telling.length);
  }

  /**
   * @param weights one integer per image of the ground truth: how often it is in the data set
   * @param precisions output: AP at each IoU, if there are objects
   * @returns whether an image of weight above 0 has an object
   */
  measure(weights: Int32Array, precisions: Float64Array): boolean {
    let positives = 0;
    for (let i = 0; i < this.images.length; i++) {
      positives += weights[this.images[i]!]! * this.positives[i]!;
    }
    if (positives === 0) return false;
    if (positives > this.found.length) {
      this.found = new Int32Array(2 * positives);
      this.precisions = new Float64Array(2 * positives);
    }
    this.weigh(weights);
    // A recall of 0 is reached with the first object, where the monotonic curve is highest.
    const needed = this.recallThresholds.map((recall) => Math.max(truePositivesNeeded(recall, positives), 1));
    for (const [threshold, events] of this.events.entries()) {
      this.draw(events);
      precisions[threshold] = this.sumAt(needed) / needed.length;
    }
    return true;
  }

  private weigh(weights: Int32Array): void {
    let sum = 0;
    let place = 0;
    for (let index = 0; index < this.telling.length; index++) {
      const own = this.telling[index]!;
      for (; place <= own; place++) sum += weights[this.detectionImages[place]!]!;
      this.weights[index] = weights[this.detectionImages[own]!]!;
      this.sums[index] = sum;
    }
  }

  private draw(events: Int32Array): void {
    this.points = 0;
    this.truePositives = 0;
    this.ignored = 0;
    for (let at = 0; at < events.length; at++) {
      const event = events[at]!;
      const index = event < 0 ? ~event : event;
      const weight = this.weights[index]!;
      if (this.tieLengths[index]! > 1) {
        at = this.drawTied(events, at);
      } else if (event < 0) {
        this.ignored += weight;
      } else if (weight > 0) {
        // Of consecutive copies the last has the best precision.
        this.truePositives += weight;
        this.addPoint(this.sums[index]!);
      }
    }
  }

  /**
   * Detections of one image with the same score are interleaved: all of one copy of the image, then all of the next.
   *
   * @param at index of the first such event
   * @returns index of the last
   */
  private drawTied(events: Int32Array, at: number): number {
    const indexAt = (event: number) => (events[event]! < 0 ? ~events[event]! : events[event]!);
    const first = indexAt(at);
    const weight = this.weights[first]!;
    const length = this.tieLengths[first]!;
    const start = this.telling[first]! - this.tieOffsets[first]!;
    const before = this.sums[first]! - weight * (this.tieOffsets[first]! + 1);
    let end = at + 1;
    while (end < events.length && this.telling[indexAt(end)]! < start + length) end++;
    for (let copy = 0; copy < weight; copy++) {
      for (let event = at; event < end; event++) {
        if (events[event]! < 0) {
          this.ignored++;
        } else {
          this.truePositives++;
          this.addPoint(before + copy * length + this.tieOffsets[indexAt(event)]! + 1);
        }
      }
    }
    return end - 1;
  }

  /** @param counted detections so far, including ignored ones */
  private addPoint(counted: number): void {
    this.found[this.points] = this.truePositives;
    this.precisions[this.points] = this.truePositives / (counted - this.ignored + Number.EPSILON);
    this.points++;
  }

  /** Sum, over ascending numbers of true positives, of the best precision with at least that many. */
  private sumAt(needed: readonly number[]): number {
    let next = needed.length - 1;
    while (next >= 0 && needed[next]! > this.truePositives) next--;
    let sum = 0;
    let best = 0;
    for (let point = this.points - 1; point >= 0; point--) {
      best = Math.max(best, this.precisions[point]!);
      const before = point === 0 ? 0 : this.found[point - 1]!;
      for (; next >= 0 && needed[next]! > before; next--) sum += best;
    }
    return sum;
  }
}

function isIgnoredThroughout(outcomes: Int32Array, at: number, thresholds: number): boolean {
  const words = wordsOf(thresholds);
  for (let word = 0; word < words; word++) {
    if (outcomes[at * words + word] !== outcomeOf(0, thresholdBits(thresholds, word))) return false;
  }
  return true;
}
