import { rightNeeded } from "../accumulate.js";
import type { CategoryMatches } from "../matching/categoryMatches.js";
import {
  ignoredBits,
  outcomeOf,
  rightBits,
  thresholdBits,
  thresholdsPerWord,
  wordsOf,
} from "../matching/outcome.js";
import type { EvaluationParameters } from "../parameters.js";

/**
 * One category's detections, kept so that its average precision can be had again and again while images weigh more
 * or less. An image of weight k counts as k images of the same content, one after the other.
 *
 * Only detections that are right or ignored at some IoU are looked at; of the wrong ones between them, which are
 * most, only the sum of weights matters.
 */
export class WeightedCategory {
  private readonly recallThresholds: readonly number[];
  /** Images with an object, and how many. */
  private readonly images: Int32Array;
  private readonly positives: Int32Array;
  /** One entry a detection that counts at some IoU, best first: its image. */
  private readonly detectionImages: Int32Array;
  /** Places of the telling ones: right or ignored at some IoU. */
  private readonly telling: Int32Array;
  /** One entry a telling one: where it stands among the detections of its image with its score, and how many they are. */
  private readonly tieOffsets: Int32Array;
  private readonly tieLengths: Int32Array;
  /** One an IoU: indices of the telling ones that are right there; those that are ignored are complemented. */
  private readonly events: readonly Int32Array[];

  /** One entry a telling one, of the current weights: its image's, and the sum of those up to it. */
  private readonly weights: Int32Array;
  private readonly sums: Int32Array;
  /** Curve of the current weights: at each point how many objects are found, and the precision. */
  private found = new Int32Array(0);
  private precisions = new Float64Array(0);
  private points = 0;
  private hits = 0;
  private ignored = 0;

  /**
   * @param matches of one area range; what is needed of them is copied
   * @param parameters with which they were made; the recall thresholds ascend
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
        if ((rightBits(outcome) & bit) !== 0) events.push(index);
        else if ((ignoredBits(outcome) & bit) !== 0) events.push(~index);
      }
      return Int32Array.from(events);
    });
    this.weights = new Int32Array(this.telling.length);
    this.sums = new Int32Array(this.telling.length);
  }

  /**
   * @param weights one an image of the ground truth, whole numbers from 0 on: how often it stands in the data set
   * @param precisions gets AP at each IoU, if there are objects
   * @returns whether the images of weight above 0 hold an object
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
    // That nothing is found is as good as the first object, at which the curve is highest.
    const needed = this.recallThresholds.map((recall) => Math.max(rightNeeded(recall, positives), 1));
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
    this.hits = 0;
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
        // Of copies in a row the last has the best precision.
        this.hits += weight;
        this.addPoint(this.sums[index]!);
      }
    }
  }

  /**
   * Detections of one image with one score come copy after copy of the image, not each with its own copies.
   *
   * @param at the first such event
   * @returns the last
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
          this.hits++;
          this.addPoint(before + copy * length + this.tieOffsets[indexAt(event)]! + 1);
        }
      }
    }
    return end - 1;
  }

  /** @param counted detections up to here, the ignored ones among them */
  private addPoint(counted: number): void {
    this.found[this.points] = this.hits;
    this.precisions[this.points] = this.hits / (counted - this.ignored + Number.EPSILON);
    this.points++;
  }

  /** Sum over the numbers of objects needed, ascending, of the best precision with which so many or more are found. */
  private sumAt(needed: readonly number[]): number {
    let next = needed.length - 1;
    while (next >= 0 && needed[next]! > this.hits) next--;
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
