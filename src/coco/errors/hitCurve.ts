/**
 * Precision over recall of one category at one IoU, as far as average precision (AP) needs it: only where a
 * detection is right, a hit, does the curve rise, so the ranks of the hits say all of it. It tells at once what AP
 * would become if one detection were another.
 */
export interface HitCurve {
  /** As a fraction. */
  readonly ap: number;
  /** What AP gains when one wrong detection, with `before` hits ahead of it, is taken out. */
  gainWithout(before: number): number;
  /** What AP gains when the wrong detection at `rank`, from 1, with `before` hits ahead of it, is right. */
  gainRighted(before: number, rank: number): number;
  /** What AP gains when a right detection is put in at `rank`, from 1, with `before` hits ahead of it. */
  gainWith(before: number, rank: number): number;
}

/**
 * AP of a category: the mean over all recall thresholds of the best precision at which that recall, or a higher one,
 * is reached.
 *
 * @param ranks places of the hits among the category's detections, from 1, ascending
 * @param positives objects to be found, at least as many as hits
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
 * Prepares a category for questions of one detection each, which cost a binary search. Hits behind the changed
 * detection all move alike, so what they give then is known beforehand; hits ahead of it keep their precision unless
 * a better one now lies behind them.
 *
 * @param ranks places of the hits among the category's detections, from 1, ascending
 * @param positives objects to be found; more than hits, where one more hit is asked about
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
  const withoutOne = moved(ranks, points, 0, -1);
  const righted = moved(ranks, points, 1, 0);
  const withOne = moved(ranks, points, 1, 1);

  const gain = (before: number, change: Tail, added: number) => {
    const raised = Math.max(change.best[before] ?? 0, added);
    // The best precisions descend: those of the last hits ahead are the ones that may be below the new one.
    const kept = Math.min(countAtLeast(best, raised), before);
    const ahead = (pointsUpTo[before]! - pointsUpTo[kept]!) * raised - (sumUpTo[before]! - sumUpTo[kept]!);
    const own = added > 0 ? points[before]! * raised : 0;
    const sum = ahead + own + (change.sum[before]! - behind.sum[before]!);
    // No change of these makes AP smaller; rounding may.
    return Math.max(sum, 0) / recallThresholds.length;
  };
  return {
    ap: sumUpTo[hits]! / recallThresholds.length,
    gainWithout: (before) => gain(before, withoutOne, 0),
    gainRighted: (before, rank) => gain(before, righted, precision(before + 1, rank)),
    gainWith: (before, rank) => gain(before, withOne, precision(before + 1, rank)),
  };
}

/** What the hits from each one on give: their best precision, and its sum over the recall thresholds. */
interface Tail {
  readonly best: Float64Array;
  readonly sum: Float64Array;
}

function moved(ranks: ArrayLike<number>, points: Float64Array, hits: number, places: number): Tail {
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

/** The best precision at each hit or a later one, with so many more hits and places ahead of all of them. */
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

/** How many recall thresholds each hit is the first to reach. */
function pointsByHit(hits: number, positives: number, recallThresholds: readonly number[]): Float64Array {
  const points = new Float64Array(hits);
  let next = 0;
  for (let hit = 0; hit < hits; hit++) {
    const recall = (hit + 1) / positives;
    for (; next < recallThresholds.length && recallThresholds[next]! <= recall; next++) points[hit]!++;
  }
  return points;
}

/** How many values of a descending row are `threshold` or more. */
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
