import type { Description } from "../../architecture/costs/description.js";
import { type NetworkMeasures, networkMeasures } from "../../architecture/graph/networkMeasures.js";
import type { MarkShape } from "./measures/markShape.js";

/** A published network among sampled ones. */
export interface ComparedNetwork {
  readonly description: Description;
  readonly measures: NetworkMeasures;
  readonly shape: MarkShape;
}

const shapes = ["disc", "diamond", "triangle", "square"] as const satisfies readonly MarkShape[];

/** Networks with their measures and a symbol each, the first one's the most conspicuous. At most four. */
export function comparedNetworks(descriptions: readonly Description[]): ComparedNetwork[] {
  return descriptions.map((description, index) => {
    const shape = shapes[index];
    if (shape === undefined) {
      throw new Error(`${descriptions.length} networks to compare: there are symbols for ${shapes.length}`);
    }
    return { description, measures: networkMeasures(description), shape };
  });
}
