import { cocoParameters } from "../../../coco/parameters.js";
import type { Matching, Verdict } from "./matching.js";

/** The ranking's counts after one more detection. */
export interface CurvePoint {
  /** Index among the example's detections. */
  readonly detection: number;
  readonly verdict: Verdict;
  /** Detections so far that are right, and wrong. */
  readonly right: number;
  readonly wrong: number;
  /** right / (right + wrong); 0 before the first that counts. */
  readonly precision: number;
  /** right / objects to be found. */
  readonly recall: number;
}

export interface PrecisionRecallCurve {
  /** Objects to be found. */
  readonly positives: number;
  readonly points: readonly CurvePoint[];
  /** The best precision at each recall threshold or beyond it; 0 where it is not reached. */
  readonly sampled: readonly number[];
  /** Mean of `sampled`; null where there is nothing to be found. */
  readonly averagePrecision: number | null;
}

/**
 * The precision-recall curve of a ranking at one IoU threshold, as COCO's evaluation draws it.
 *
 * @param length of the ranking that is taken, its best first
 */
export function curveOf(
  { ranking, positives }: Matching,
  length: number = ranking.length,
): PrecisionRecallCurve {
  let right = 0;
  let wrong = 0;
  const points = ranking.slice(0, length).map(({ detection, verdict }): CurvePoint => {
    if (verdict === "right") right++;
    if (verdict === "wrong") wrong++;
    return {
      detection,
      verdict,
      right,
      wrong,
      precision: right / Math.max(right + wrong, 1),
      recall: positives.length === 0 ? 0 : right / positives.length,
    };
  });
  if (positives.length === 0) return { positives: 0, points, sampled: [], averagePrecision: null };
  const envelope = envelopeOf(points);
  const sampled = cocoParameters.recallThresholds.map(
    (threshold) => envelope[points.findIndex(({ recall }) => recall >= threshold)] ?? 0,
  );
  return {
    positives: positives.length,
    points,
    sampled,
    averagePrecision: sampled.reduce((sum, precision) => sum + precision, 0) / sampled.length,
  };
}

/** At each point the best precision from there on. */
export function envelopeOf(points: readonly CurvePoint[]): number[] {
  const envelope = points.map(({ precision }) => precision);
  for (let i = envelope.length - 1; i > 0; i--) {
    envelope[i - 1] = Math.max(envelope[i - 1]!, envelope[i]!);
  }
  return envelope;
}
