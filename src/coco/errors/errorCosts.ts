import type { DetectionTable, GroundTruthTable } from "../tables.js";
import { type ErrorType, errorTypeNames, type Reasons } from "./errorReasons.js";
import { averagePrecision, hitCurve } from "./hitCurve.js";

/** AP gained without errors; AP is the mean over the categories with objects. 0 if there are no objects. */
interface ErrorCosts {
  /** As a fraction; −1 if there are no objects. */
  readonly ap: number;
  /** All errors of a type fixed together. */
  readonly types: Readonly<Record<ErrorType, number>>;
  /** All false positives ranked below the true positives. */
  readonly falsePositives: number;
  /** All objects that were not found removed. */
  readonly falseNegatives: number;
  /** Per place of the reasons: only this error fixed; 0 if there is none. */
  readonly detections: Float64Array;
}

/** Rows of the ground truth that no detection finds, even with its error fixed. */
export function missedRows({ regions, foundBy, fixedBy }: Reasons): Int32Array {
  return Int32Array.from(regions.keys()).filter(
    (row) => regions[row] === 0 && foundBy[row] === -1 && fixedBy[row] === -1,
  );
}

/**
 * The cost of each type of error and each single error at one IoU. Errors are fixed like by TIDE's oracles (ECCV 2020,
 * section 2.3): of the detections with a wrong place or category, the best one per free object finds it; all other false
 * positives are removed, and so are missed objects. The rest keep their scores and order.
 *
 * Categories without an object do not count, as in COCO's AP. A category that loses all its objects by a fix counts as 0
 * if it has detections and otherwise not at all, as in the authors' program; if none is left, AP is 1.
 *
 * @param recallThresholds at which precision is sampled, ascending
 */
export function errorCosts(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
  reasons: Reasons,
  recallThresholds: readonly number[],
): ErrorCosts {
  const categories = groundTruth.categories.length;
  const positives = countByCategory(groundTruth, (row) => reasons.regions[row] === 0);
  const found = countByCategory(groundTruth, (row) => reasons.foundBy[row] !== -1);
  const missed = new Set(missedRows(reasons));
  const notMissed = countByCategory(groundTruth, (row) => reasons.regions[row] === 0 && !missed.has(row));

  const original = rankingOf(detections, reasons);
  const hits = hitsByCategory(original, categories);
  const targets = targetsOf(groundTruth, reasons);
  const apOf = (ofHits: readonly CategoryHits[], toFind: Int32Array) =>
    meanPrecision(ofHits, positives, toFind, recallThresholds);
  const ap = apOf(hits, positives) ?? -1;
  // A fix that leaves no object makes AP 1.
  const gain = (ofHits: readonly CategoryHits[], toFind: Int32Array) =>
    ap < 0 ? 0 : (apOf(ofHits, toFind) ?? 1) - ap;
  const gainFromFixing = (type: ErrorType) =>
    gain(
      hitsByCategory(withFixes(original, reasons, targets, errorTypeNames.indexOf(type)), categories),
      positives,
    );
  return {
    ap,
    types: {
      classification: gainFromFixing("classification"),
      localisation: gainFromFixing("localisation"),
      both: gainFromFixing("both"),
      duplicate: gainFromFixing("duplicate"),
      background: gainFromFixing("background"),
      missed: gain(hits, notMissed),
    },
    falsePositives: gain(hits.map(aheadOfAll), positives),
    falseNegatives: gain(hits, found),
    detections: costsAlone(original, hits, positives, reasons, targets, recallThresholds),
  };
}

/** How each detection counts, by place. */
interface Ranking {
  /** Its category; −1 if it does not count. */
  readonly categories: Int32Array;
  readonly right: Uint8Array;
}

/** One category's detections, as AP needs them. */
interface CategoryHits {
  readonly detections: number;
  /** Ranks of the true positives among them, from 1. */
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

function rankingOf({ category }: DetectionTable, { rows, right, ignored }: Reasons): Ranking {
  return { categories: rows.map((row, place) => (ignored[place] === 1 ? -1 : category[row]!)), right };
}

/** For each error, the category in which the fixed detection is a true positive; −1 if it is removed. */
function targetsOf({ category }: GroundTruthTable, { types, objects, foundBy }: Reasons): Int32Array {
  return objects.map((object, place) =>
    object !== -1 && foundBy[object] === -1 && isFixable(types[place]!) ? category[object]! : -1,
  );
}

function isFixable(type: number): boolean {
  return errorTypeNames[type] === "classification" || errorTypeNames[type] === "localisation";
}

function withFixes(
  { categories, right }: Ranking,
  { types, objects, fixedBy }: Reasons,
  targets: Int32Array,
  type: number,
): Ranking {
  const isFixed = (place: number) =>
    types[place] === type && targets[place] !== -1 && fixedBy[objects[place]!] === place;
  return {
    categories: categories.map((category, place) =>
      types[place] !== type ? category : isFixed(place) ? targets[place]! : -1,
    ),
    right: right.map((is, place) => (isFixed(place) ? 1 : is)),
  };
}

function hitsByCategory({ categories, right }: Ranking, count: number): CategoryHits[] {
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
  { categories, right }: Ranking,
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
