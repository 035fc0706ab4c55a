import type { Layer } from "../../../architecture/layers/layer.js";
import type { PlacedLayer } from "../names/placedVariables.js";

/** A layer of ours and the checkpoint's variables for it. */
export interface Pair {
  readonly layer: Layer;
  readonly placed: PlacedLayer;
}

/** A group in which the two sides differ in number. */
export interface Mismatch {
  readonly group: string;
  readonly layers: readonly Layer[];
  readonly placed: readonly PlacedLayer[];
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  readonly mismatches: readonly Mismatch[];
}

/** Pairs layers of each group in order; groups that only one side has are mismatches, too. */
export function pairing(
  groups: ReadonlyMap<string, readonly Layer[]>,
  placed: ReadonlyMap<string, readonly PlacedLayer[]>,
): Pairing {
  const pairs: Pair[] = [];
  const mismatches: Mismatch[] = [];
  for (const group of new Set([...groups.keys(), ...placed.keys()])) {
    const layers = groups.get(group) ?? [];
    const theirs = placed.get(group) ?? [];
    if (layers.length === theirs.length) {
      layers.forEach((layer, index) => {
        pairs.push({ layer, placed: theirs[index]! });
      });
    } else {
      mismatches.push({ group, layers, placed: theirs });
    }
  }
  return { pairs, mismatches };
}

/** The filters of a paired convolution, or the units of a dense layer; depthwise ones multiply none. */
export function filtersOf({ placed }: Pair): number | undefined {
  return placed.get("kernel")?.tensor.shape.at(-1);
}
