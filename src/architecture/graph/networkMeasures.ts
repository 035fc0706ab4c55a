import type { Description } from "../costs/description.js";
import { featureGraphOf } from "./featureGraph.js";
import { measureGraph } from "./graphMeasures.js";

/** What networks are compared by: what they cost, and the measures of their graphs. */
export const measureNames = [
  "multiplyAdds",
  "parameters",
  "shortestPath",
  "meanPath",
  "longestPath",
  "paths",
  "scales",
  "reach",
  "coarserInOrder",
  "finerInOrder",
  "coarserOnPath",
  "finerOnPath",
] as const;

export type MeasureName = (typeof measureNames)[number];

/** One number per name; `Costs` and `GraphMeasures` say what each is. */
export type NetworkMeasures = Readonly<Record<MeasureName, number>>;

/** Measures a network, to a thousandth, so that a stored number equals one computed here. */
export function networkMeasures(description: Description): NetworkMeasures {
  const measures = measureGraph(featureGraphOf(description));
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    multiplyAdds: description.multiplyAdds,
    parameters: description.parameters.trainable,
    shortestPath: rounded(measures.shortestPath),
    meanPath: rounded(measures.meanPath),
    longestPath: measures.longestPath,
    paths: measures.paths,
    scales: rounded(measures.scales),
    reach: rounded(measures.reach),
    coarserInOrder: measures.coarserInOrder,
    finerInOrder: measures.finerInOrder,
    coarserOnPath: rounded(measures.coarserOnPath),
    finerOnPath: rounded(measures.finerOnPath),
  };
}
