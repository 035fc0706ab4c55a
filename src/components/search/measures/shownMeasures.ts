import type { MeasureName } from "../../../architecture/graph/networkMeasures.js";
import type { Pointing } from "../../page/pointAtEachOther.js";

/** What the page shows of a network's graph, in its order. */
export const graphMeasures: readonly MeasureName[] = [
  "paths",
  "meanPath",
  "shortestPath",
  "longestPath",
  "scales",
  "reach",
  "coarserInOrder",
  "finerInOrder",
  "coarserOnPath",
  "finerOnPath",
];

export const shownMeasures: readonly MeasureName[] = ["multiplyAdds", "parameters", ...graphMeasures];

/** Where the figures and tables show each measure. */
export const measurePointing: Pointing = Object.fromEntries(
  shownMeasures.map((name) => [name, `[data-measure="${name}"]`]),
);
