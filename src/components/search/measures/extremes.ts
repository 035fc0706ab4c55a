import {
  type MeasureName,
  measureNames,
  type NetworkMeasures,
} from "../../../architecture/graph/networkMeasures.js";
import { rankOf, shareBelow } from "./percentile.js";

/** Measures by where a network ranks in them: among the lowest or highest twentieth, or between. */
export interface Extremes {
  readonly low: readonly MeasureName[];
  readonly between: readonly MeasureName[];
  readonly high: readonly MeasureName[];
}

/** The measures in which a network is unlike most others. */
export function extremesOf(
  measures: NetworkMeasures,
  among: Readonly<Record<MeasureName, readonly number[]>>,
  names: readonly MeasureName[] = measureNames,
): Extremes {
  const share = (name: MeasureName): number => shareBelow(rankOf(measures[name], among[name]));
  return {
    low: names.filter((name) => share(name) < 0.05),
    between: names.filter((name) => share(name) >= 0.05 && share(name) <= 0.95),
    high: names.filter((name) => share(name) > 0.95),
  };
}
