import type { ActivationKind, Layer } from "../architecture/layers/layer.js";
import type { Graph } from "../architecture/layers/layersOf.js";

type LayerWithOp<Op extends Layer["op"]> = Extract<Layer, { op: Op }>;

/** One thing to compute: a layer, or a batch norm or convolution together with the activation that alone reads it. */
export interface Step {
  readonly layer: Layer;
  /** Applied to the layer's result in the same step. */
  readonly activation?: ActivationKind;
  /** The name under which later steps find the result. */
  readonly result: string;
  /** Results that no later step reads, so that their memory can be given back. */
  readonly last: readonly string[];
}

export interface Plan {
  readonly steps: readonly Step[];
  readonly graph: Graph;
}

/** Decides once what a network's passes repeat: which activations ride along, and when a result is done with. */
export function planOf(graph: Graph): Plan {
  const readers = readersOf(graph.layers);
  const kept = new Set(graph.outputs.map(({ layer }) => layer));
  const merged = new Set<string>();
  const steps: { layer: Layer; activation?: ActivationKind; result: string }[] = [];
  for (const layer of graph.layers) {
    if (merged.has(layer.name)) continue;
    const follower =
      canCarryActivation(layer) && !kept.has(layer.name) ? onlyActivation(readers.get(layer.name)) : null;
    if (follower) merged.add(follower.name);
    steps.push({
      layer,
      result: follower?.name ?? layer.name,
      ...(follower ? { activation: follower.attributes.kind } : {}),
    });
  }
  return { graph, steps: withLastReads(steps, kept) };
}

function readersOf(layers: readonly Layer[]): Map<string, Layer[]> {
  const readers = new Map<string, Layer[]>();
  for (const layer of layers) {
    for (const input of layer.inputs) {
      const before = readers.get(input);
      if (before) before.push(layer);
      else readers.set(input, [layer]);
    }
  }
  return readers;
}

function canCarryActivation({ op }: Layer): boolean {
  return op === "batchNorm" || op === "conv" || op === "depthwiseConv";
}

function onlyActivation(readers: readonly Layer[] | undefined): LayerWithOp<"activation"> | null {
  const [reader, ...others] = readers ?? [];
  return reader?.op === "activation" && others.length === 0 ? reader : null;
}

function withLastReads(steps: readonly Omit<Step, "last">[], kept: ReadonlySet<string>): Step[] {
  const seen = new Set(kept);
  const planned: Step[] = [];
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index]!;
    const last = [...new Set(step.layer.inputs)].filter((input) => !seen.has(input));
    for (const input of last) seen.add(input);
    planned.push({ ...step, last });
  }
  return planned.reverse();
}
