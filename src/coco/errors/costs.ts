import type { DetectionTable, GroundTruthTable } from "../tables.js";
import { averagePrecision, hitCurve } from "./hitCurve.js";
import { type ErrorType, errorTypeNames, type Reasons } from "./reasons.js";

/** By how much AP, the mean over the categories that have an object, were higher without errors; 0 without objects. */
export interface ErrorCosts {
  /** As a fraction; −1 where there is no object. */
  readonly ap: number;
  /** All errors of one type mended together. */
  readonly types: Readonly<Record<ErrorType, number>>;
  /** All wrong detections ranked behind the right ones. */
  readonly falsePositives: number;
  /** All objects that were not found taken out. */
  readonly falseNegatives: number;
  /** One a place of the reasons: this error mended alone; 0 where there is none. */
  readonly detections: Float64Array;
}

/** Rows of the ground truth that no detection found and that none would find if its error were mended. */
export function missedRows({ regions, finders, menders }: Reasons): Int32Array {
  return Int32Array.from(regions.keys()).filter(
    (row) => regions[row] === 0 && finders[row] === -1 && menders[row] === -1,
  );
}

/**
 * What each type and each single error costs at one IoU. Mending is what the oracles of TIDE do (ECCV 2020,
 * section 2.3): of a wrong place or category, the best detection of a free object finds it; every other wrong
 * detection is taken out, and so is every missed object. What stays keeps its score and its order.
 *
 * Categories without an object count as little as in COCO's AP. One whose objects a mending takes out counts as 0 if
 * it has detections and else no more, as in the authors' program; if none counts any more, AP is 1.
 *
 * @param recallThresholds at which precision is read off, ascending
 */
export function errorCosts(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
  reasons: Reasons,
  recallThresholds: readonly number[],
): ErrorCosts {
  const categories = groundTruth.categories.length;
  const positives = countByCategory(groundTruth, (row) => reasons.regions[row] === 0);
  const found = countByCategory(groundTruth, (row) => reasons.finders[row] !== -1);
  const missed = new Set(missedRows(reasons));
  const notMissed = countByCategory(groundTruth, (row) => reasons.regions[row] === 0 && !missed.has(row));

  const asIs = standingOf(detections, reasons);
  const hits = hitsByCategory(asIs, categories);
  const targets = targetsOf(groundTruth, reasons);
  const apOf = (ofHits: readonly CategoryHits[], toFind: Int32Array) =>
    meanPrecision(ofHits, positives, toFind, recallThresholds);
  const ap = apOf(hits, positives) ?? -1;
  // Where a mending leaves no object to be found, nothing is lacking.
  const gain = (ofHits: readonly CategoryHits[], toFind: Int32Array) =>
    ap < 0 ? 0 : (apOf(ofHits, toFind) ?? 1) - ap;
  const mended = (type: ErrorType) =>
    gain(hitsByCategory(mend(asIs, reasons, targets, errorTypeNames.indexOf(type)), categories), positives);
  return {
    ap,
    types: {
      classification: mended("classification"),
      localisation: mended("localisation"),
      both: mended("both"),
      duplicate: mended("duplicate"),
      background: mended("background"),
      missed: gain(hits, notMissed),
    },
    falsePositives: gain(hits.map(aheadOfAll), positives),
    falseNegatives: gain(hits, found),
    detections: costsAlone(asIs, hits, positives, reasons, targets, recallThresholds),
  };
}

/** How detections count, one a place. */
interface Standing {
  /** In which category; −1 where in none. */
  readonly categories: Int32Array;
  readonly right: Uint8Array;
}

/** One category's detections, as AP needs them. */
interface CategoryHits {
  readonly detections: number;
  /** Places of the right ones among them, from 1. */
  readonly ranks: readonly number[];
}

function countByCategory(
  { length, category, categories }: GroundTruthTable,
  counts: (row: number) => boolean,
) {
  const sums = new Int32Array(categories.length);
  for (let row = 0; row < length; row++) {
    if (counts(row)) sums[category[row]!]!++;
  }
  return sums;
}

function standingOf({ category }: DetectionTable, { rows, right, ignored }: Reasons): Standing {
  return { categories: rows.map((row, place) => (ignored[place] === 1 ? -1 : category[row]!)), right };
}

/** For each error the category in which the detection is right once mended; −1 where it is taken out. */
function targetsOf({ category }: GroundTruthTable, { types, objects, finders }: Reasons): Int32Array {
  return objects.map((object, place) =>
    object !== -1 && finders[object] === -1 && isPutRight(types[place]!) ? category[object]! : -1,
  );
}

function isPutRight(type: number): boolean {
  return errorTypeNames[type] === "classification" || errorTypeNames[type] === "localisation";
}

function mend(
  { categories, right }: Standing,
  { types, objects, menders }: Reasons,
  targets: Int32Array,
  type: number,
): Standing {
  const isRighted = (place: number) =>
    types[place] === type && targets[place] !== -1 && menders[objects[place]!] === place;
  return {
    categories: categories.map((category, place) =>
      types[place] !== type ? category : isRighted(place) ? targets[place]! : -1,
    ),
    right: right.map((is, place) => (isRighted(place) ? 1 : is)),
  };
}

function hitsByCategory({ categories, right }: Standing, count: number): CategoryHits[] {
  const hits = Array.from({ length: count }, () => ({ detections: 0, ranks: [] as number[] }));
  for (let place = 0; place < categories.length; place++) {
    const category = categories[place]!;
    if (category < 0) continue;
    const of = hits[category]!;
    of.detections++;
    if (right[place] === 1) of.ranks.push(of.detections);
  }
  return hits;
}

function aheadOfAll({ detections, ranks }: CategoryHits): CategoryHits {
  return { detections, ranks: ranks.map((_, index) => index + 1) };
}

/**
 * @param toFind objects left to be found, of categories that had some
 * @returns nothing where no category is left to be measured
 */
function meanPrecision(
  hits: readonly CategoryHits[],
  positives: Int32Array,
  toFind: Int32Array,
  recallThresholds: readonly number[],
): number | undefined {
  let sum = 0;
  let measured = 0;
  for (const [category, { detections, ranks }] of hits.entries()) {
    if (positives[category] === 0 || (toFind[category] === 0 && detections === 0)) continue;
    measured++;
    sum += averagePrecision(ranks, toFind[category]!, recallThresholds);
  }
  return measured === 0 ? undefined : sum / measured;
}

function costsAlone(
  { categories, right }: Standing,
  hits: readonly CategoryHits[],
  positives: Int32Array,
  { types }: Reasons,
  targets: Int32Array,
  recallThresholds: readonly number[],
): Float64Array {
  const curves = hits.map(({ ranks }, category) => hitCurve(ranks, positives[category]!, recallThresholds));
  const measured = positives.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const seen = new Int32Array(hits.length);
  const hitsSeen = new Int32Array(hits.length);
  const costs = new Float64Array(categories.length);
  for (let place = 0; place < categories.length; place++) {
    const own = categories[place]!;
    const target = targets[place]!;
    if (own >= 0) seen[own]!++;
    if (own >= 0 && right[place] === 1) {
      hitsSeen[own]!++;
    } else if (types[place] !== -1) {
      let gain = 0;
      if (own >= 0 && own === target) {
        gain = curves[own]!.gainRighted(hitsSeen[own]!, seen[own]!);
      } else {
        if (own >= 0 && positives[own]! > 0) gain += curves[own]!.gainWithout(hitsSeen[own]!);
        if (target >= 0) gain += curves[target]!.gainWith(hitsSeen[target]!, seen[target]! + 1);
      }
      costs[place] = measured === 0 ? 0 : gain / measured;
    }
  }
  return costs;
}
