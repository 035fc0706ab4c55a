import type { Layer } from "../../../architecture/layers/layer.js";
import { layersOf } from "../../../architecture/layers/layersOf.js";
import { weightsName } from "../../../architecture/layers/tensors.js";
import { blocksOf, type NumberedBlock } from "../../../architecture/model/blocks.js";
import type { Model } from "../../../architecture/model/model.js";
import type { Layout } from "./layout.js";
import { depthwiseEnd } from "./place.js";

/**
 * A model's layers with weights by the groups of {@link Place}, in order of creation within each: our layers are
 * listed in the order in which both official codes create theirs.
 */
export function layerGroups(model: Model, layout: Layout): Map<string, Layer[]> {
  const backboneGroup = layout === "tf1" ? tf1Groups(model) : modelGardenGroups(model);
  const groups = new Map<string, Layer[]>();
  const seen = new Set<string>();
  for (const layer of layersOf(model)) {
    // The levels share their convolutions.
    if (!hasWeights(layer) || seen.has(weightsName(layer))) continue;
    seen.add(weightsName(layer));
    const group = headGroup(layer) ?? `${backboneGroup(layer)}/${kindOf(layer)}`;
    groups.set(group, [...(groups.get(group) ?? []), layer]);
  }
  return groups;
}

function hasWeights({ op }: Layer): boolean {
  return op === "conv" || op === "depthwiseConv" || op === "batchNorm" || op === "dense";
}

function kindOf({ op }: Layer): string {
  if (op === "batchNorm") return "norm";
  return op === "depthwiseConv" ? `conv${depthwiseEnd}` : "conv";
}

/** Of layers that the official codes give names of their own: a head's and a feature pyramid's. */
function headGroup({ part, op, label }: Layer): string | null {
  if (part.kind === "pyramid") return `pyramid/${label}`;
  if (part.kind !== "head") return null;
  if (part.branch === "logits") return "head/logits";
  const group = `head/${part.branch}/${part.stage === "prediction" ? "predict" : part.stage}`;
  if (op === "batchNorm") return `${group}/level${part.level}`;
  return op === "depthwiseConv" ? `${group}${depthwiseEnd}` : group;
}

/** Scopes of the TF1 code: one per connection and permuted block, and one for all the rest. */
function tf1Groups({ backbone }: Model): (layer: Layer) => string {
  const position = (block: number) => block - backbone.stem.length;
  return ({ part }) => {
    if (part.kind === "connection") return `permuted${position(part.child)}/parent${part.place}`;
    return part.kind === "block" && position(part.block) >= 0
      ? `permuted${position(part.block)}`
      : "backbone";
  };
}

/** The Model Garden has a Keras layer per block, repeats included; convolutions outside blocks are loose. */
function modelGardenGroups({ backbone }: Model): (layer: Layer) => string {
  const ranks = blockRanks(blocksOf(backbone), backbone.family === "resnet" ? 1 : backbone.repeats);
  return ({ part, label }) => {
    if (part.kind !== "block") return "backbone";
    const group = ranks.get(`${part.block}/${part.repeat ?? 0}`)!;
    return label === "squeezeReduce" || label === "squeezeExpand" ? `${group}/squeeze` : group;
  };
}

function blockRanks(blocks: readonly NumberedBlock[], repeats: number): Map<string, string> {
  const counts = new Map<string, number>();
  const ranks = new Map<string, string>();
  for (const { id, kind } of blocks) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const rank = counts.get(kind) ?? 0;
      counts.set(kind, rank + 1);
      ranks.set(`${id}/${repeat}`, `${kind}${rank}`);
    }
  }
  return ranks;
}
