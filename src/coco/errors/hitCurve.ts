/**
 * The precision-recall curve of one category at one IoU, as far as average precision (AP) needs it: it is determined by
 * the ranks of the true positives, the hits. It answers quickly how AP would change with a single detection.
 */
interface HitCurve {
  /** As a fraction. */
  readonly ap: number;
  /** AP gained if a false positive with `before` hits ahead of it is removed. */
  gainWithout(before: number): number;
  /** AP gained if the false positive at `rank`, from 1, with `before` hits ahead of it, becomes a hit. */
  gainRighted(before: number, rank: number): number;
  /** AP gained if a hit is inserted at `rank`, from 1, with `before` hits ahead of it. */
  gainWith(before: number, rank: number): number;
}

/**
 * AP of a category: the mean over all recall thresholds of the best precision at that recall or a higher one.
 *
 * @param ranks places of the hits among the category's detections, from 1, ascending
 * @param positives number of objects, at least as many as hits
 * @param recallThresholds ascending
 */
export function averagePrecision(
  ranks: ArrayLike<number>,
  positives: number,
  recallThresholds: readonly number[],
): number {
  const points = pointsByHit(ranks.length, positives, recallThresholds);
  const best = bestPrecisions(ranks, 0, 0);
  let sum = 0;
  for (let hit = 0; hit < ranks.length; hit++) sum += points[hit]! * best[hit]!;
  return sum / recallThresholds.length;
}

/**
 * Prepares a category for queries about one detection each, which take a binary search. All hits after the changed
 * detection shift equally, so their new contribution is precomputed; hits ahead of it keep their precision unless a
 * later one is now better.
 *
 * @param ranks places of the hits among the category's detections, from 1, ascending
 * @param positives number of objects; more than hits if a query adds one
 * @param recallThresholds ascending
 */
export function hitCurve(
  ranks: ArrayLike<number>,
  positives: number,
  recallThresholds: readonly number[],
): HitCurve {
  const hits = ranks.length;
  const points = pointsByHit(hits + 1, positives, recallThresholds);
  const best = bestPrecisions(ranks, 0, 0);
  const pointsUpTo = new Float64Array(hits + 1);
  const sumUpTo = new Float64Array(hits + 1);
  for (let hit = 0; hit < hits; hit++) {
    pointsUpTo[hit + 1] = pointsUpTo[hit]! + points[hit]!;
    sumUpTo[hit + 1] = sumUpTo[hit]! + points[hit]! * best[hit]!;
  }
  const behind = tail(best, points, 0);
  const withoutOne = shifted(ranks, points, 0, -1);
  const righted = shifted(ranks, points, 1, 0);
  const withOne = shifted(ranks, points, 1, 1);

  const gain = (before: number, change: Tail, added: number) => {
    const raised = Math.max(change.best[before] ?? 0, added);
    // The best precisions descend, so only those of the last hits ahead can be below the new one.
    const kept = Math.min(countAtLeast(best, raised), before);
    const ahead = (pointsUpTo[before]! - pointsUpTo[kept]!) * raised - (sumUpTo[before]! - sumUpTo[kept]!);
    const own = added > 0 ? points[before]! * raised : 0;
    const sum = ahead + own + (change.sum[before]! - behind.sum[before]!);
    // None of these changes lowers AP, but rounding may.
    return Math.max(sum, 0) / recallThresholds.length;
  };
  return {
    ap: sumUpTo[hits]! / recallThresholds.length,
    gainWithout: (before) => gain(before, withoutOne, 0),
    gainRighted: (before, rank) => gain(before, righted, precision(before + 1, rank)),
    gainWith: (before, rank) => gain(before, withOne, precision(before + 1, rank)),
  };
}

/** The contribution of each hit and all later ones: their best precision, and its sum over the recall thresholds. */
interface Tail {
  readonly best: Float64Array;
  readonly sum: Float64Array;
}

function shifted(ranks: ArrayLike<number>, points: Float64Array, hits: number, places: number): Tail {
  const best = bestPrecisions(ranks, hits, places);
  return tail(best, points, hits);
}

function tail(best: Float64Array, points: Float64Array, shift: number): Tail {
  const sum = new Float64Array(best.length + 1);
  for (let hit = best.length - 1; hit >= 0; hit--) {
    sum[hit] = sum[hit + 1]! + points[hit + shift]! * best[hit]!;
  }
  return { best, sum };
}

/** The best precision at each hit or a later one, with this many more hits and places ahead of all of them. */
function bestPrecisions(ranks: ArrayLike<number>, hits: number, places: number): Float64Array {
  const best = new Float64Array(ranks.length);
  let highest = 0;
  for (let hit = ranks.length - 1; hit >= 0; hit--) {
    highest = Math.max(highest, precision(hit + 1 + hits, ranks[hit]! + places));
    best[hit] = highest;
  }
  return best;
}

/** As pycocotools computes it. */
function precision(right: number, rank: number): number {
  return right / (rank + Number.EPSILON);
}

/** Number of recall thresholds that each hit is the first to reach. */
function pointsByHit(hits: number, positives: number, recallThresholds: readonly number[]): Float64Array {
  const points = new Float64Array(hits);
  let next = 0;
  for (let hit = 0; hit < hits; hit++) {
    const recall = (hit + 1) / positives;
    for (; next < recallThresholds.length && recallThresholds[next]! <= recall; next++) points[hit]!++;
  }
  return points;
}

/** Number of values in a descending array that are at least `threshold`. */
function countAtLeast(descending: Float64Array, threshold: number): number {
  let low = 0;
  let high = descending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (descending[middle]! >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
