import type { ActivationKind, Layer } from "../architecture/layers/layer.js";
import type { Graph } from "../architecture/layers/layersOf.js";
import { readersOf } from "./consumers.js";

/** A layer to compute, a batch norm or convolution together with the activation that alone reads it. */
export interface PlannedLayer {
  readonly layer: Layer;
  /** Applied to the layer's result at once. */
  readonly activation?: ActivationKind;
  /** The name under which later layers find the result. */
  readonly result: string;
  /** Results that no later layer reads, so that their memory can be given back. */
  readonly last: readonly string[];
}

export interface Plan {
  readonly graph: Graph;
  readonly layers: readonly PlannedLayer[];
}

/** Decides once what a network's passes repeat: which activations ride along, and when a result is done with. */
export function planOf(graph: Graph): Plan {
  const readers = readersOf(graph.layers);
  const kept = new Set(graph.outputs.map(({ layer }) => layer));
  const merged = new Set<Layer>();
  const layers = graph.layers.flatMap((layer): Omit<PlannedLayer, "last">[] => {
    if (merged.has(layer)) return [];
    const [follower, ...others] = readers.get(layer.name) ?? [];
    const apart = !carriesActivation(layer) || kept.has(layer.name) || others.length > 0;
    if (apart || follower?.op !== "activation") return [{ layer, result: layer.name }];
    merged.add(follower);
    return [{ layer, result: follower.name, activation: follower.attributes.kind }];
  });
  return { graph, layers: withLastReads(layers, kept) };
}

function carriesActivation({ op }: Layer): boolean {
  return op === "batchNorm" || op === "conv" || op === "depthwiseConv";
}

function withLastReads(
  layers: readonly Omit<PlannedLayer, "last">[],
  kept: ReadonlySet<string>,
): PlannedLayer[] {
  const seen = new Set(kept);
  const backwards = layers.toReversed().map((planned) => {
    const last = [...new Set(planned.layer.inputs)].filter((input) => !seen.has(input));
    for (const input of last) seen.add(input);
    return { ...planned, last };
  });
  return backwards.reverse();
}
