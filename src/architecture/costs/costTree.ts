import type { Layer, Part } from "../layers/layer.js";
import { layersOf } from "../layers/layersOf.js";
import { blocksOf } from "../model/blocks.js";
import { featureSize, type Level, levels } from "../model/level.js";
import type { Model } from "../model/model.js";
import { type Costs, costsByLayer, sumOfCosts } from "./costs.js";

/** What a network's cost is divided into first; a network has either connections and endpoints or a pyramid. */
export type CostPart = "stem" | "blocks" | "resampling" | "endpoints" | "pyramid" | "head";

/** A part of a network, the parts it is made of, and what they cost together. */
export interface CostNode extends Costs {
  /** Unique within the network: "network", "blocks", "blocks/5"; a layer's is its name. */
  readonly id: string;
  readonly name: string;
  /** The level of the block, endpoint or map; absent where a node spans several. */
  readonly level?: Level;
  /** The layer that this node is, if it is one. */
  readonly layer?: Layer;
  /** Empty for a layer. */
  readonly children: readonly CostNode[];
}

type Heading = Pick<CostNode, "id" | "name" | "level">;

/** A layer and the headings it is found under, the part's first. */
interface Placed {
  readonly layer: Layer;
  readonly headings: readonly Heading[];
}

const parts = {
  stem: "Stem",
  blocks: "Blocks",
  resampling: "Resampling",
  endpoints: "Endpoints",
  pyramid: "Feature pyramid",
  head: "Head",
} as const satisfies Record<CostPart, string>;

const partOf = {
  stem: "stem",
  block: "blocks",
  connection: "resampling",
  endpoint: "endpoints",
  pyramid: "pyramid",
  head: "head",
} as const satisfies Record<Part["kind"], CostPart>;

const branches = { class: "Classes", box: "Boxes" } as const;

/**
 * Divides a network's cost: into its parts, those into blocks, connections, endpoints or branches, and those into
 * single layers. Every layer is in it once, so costs sum to `descriptionOf`'s totals exactly; tensors that levels share
 * are counted at the first layer that uses them.
 *
 * @throws Error as `checkRules` does, if the model breaks a rule.
 */
export function costTree(model: Model): CostNode {
  const layers = layersOf(model);
  const costs = costsByLayer(layers);
  const placed = layers.map((layer) => ({ layer, headings: headingsOf(layer.part, model) }));
  const order = Object.keys(parts);
  const children = gathered(placed, 0, model, costs).toSorted(
    (a, b) => order.indexOf(a.id) - order.indexOf(b.id),
  );
  return { id: "network", name: model.name, ...sumOfCosts(children), children };
}

/** The nodes from the root to the one of this id, both included; empty where there is none. */
export function pathTo(root: CostNode, id: string): readonly CostNode[] {
  if (root.id === id) return [root];
  for (const child of root.children) {
    const rest = pathTo(child, id);
    if (rest.length > 0) return [root, ...rest];
  }
  return [];
}

/** Nodes of what is under one heading: one for each heading below it, and for each layer right under it. */
function gathered(
  placed: readonly Placed[],
  depth: number,
  model: Model,
  costs: ReadonlyMap<string, Costs>,
): CostNode[] {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) {
    const id = one.headings[depth]?.id ?? one.layer.name;
    groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return [...groups.values()].map((own): CostNode => {
    const { layer, headings } = own[0]!;
    const heading = headings[depth];
    if (!heading) return { ...layerHeading(layer, model), layer, ...costs.get(layer.name)!, children: [] };
    const children = gathered(own, depth + 1, model, costs);
    return { ...heading, ...sumOfCosts(children), children };
  });
}

function headingsOf(part: Part, model: Model): Heading[] {
  const top = partOf[part.kind];
  return [{ id: top, name: parts[top] }, ...headingsWithin(part, model)];
}

function headingsWithin(part: Part, model: Model): Heading[] {
  switch (part.kind) {
    case "stem":
      return [];
    case "block": {
      const level = blockLevel(model, part.block);
      const block = { id: `blocks/${part.block}`, name: `Block ${part.block}`, level };
      if (part.repeat === undefined) return [block];
      return [block, { id: `${block.id}/repeat${part.repeat}`, name: `Repeat ${part.repeat + 1}`, level }];
    }
    case "connection": {
      const { child, parent, place } = part;
      return [
        { id: `resampling/${child}/${place}`, name: `${parent} → ${child}`, level: blockLevel(model, child) },
      ];
    }
    case "endpoint":
      return [{ id: `endpoint/${part.level}`, name: `Endpoint ${part.level}`, level: part.level }];
    case "pyramid":
      return [{ id: `pyramid/${part.level}`, name: `Level ${part.level}`, level: part.level }];
    case "head": {
      if (part.branch === "logits") return [];
      const branch = { id: `head/${part.branch}`, name: branches[part.branch] };
      return part.stage === "prediction"
        ? [branch, { id: `${branch.id}/Predict`, name: "Prediction" }]
        : [branch, { id: `${branch.id}/${part.stage}`, name: `Convolution ${part.stage + 1}` }];
    }
  }
}

function layerHeading(layer: Layer, model: Model): Heading {
  const level = levelOf(layer, model);
  // Where all levels share a convolution, the layer is named by what sets it apart: its level.
  const shared = layer.part.kind === "head" && layer.part.branch !== "logits";
  const name = shared ? `${layer.label}, level ${level}` : layer.label;
  return { id: layer.name, name, ...(level ? { level } : {}) };
}

function levelOf({ part, shape }: Layer, model: Model): Level | undefined {
  const sized = (among: readonly Level[]): Level | undefined =>
    among.find((level) => featureSize(model.inputSize[0], level) === shape[0]);
  switch (part.kind) {
    case "stem":
      return sized(levels);
    case "block":
      return blockLevel(model, part.block);
    case "connection": {
      const [from, to] = [blockLevel(model, part.parent), blockLevel(model, part.child)];
      const between = levels.filter((one) => one >= Math.min(from, to) && one <= Math.max(from, to));
      return sized(from <= to ? between : between.toReversed()) ?? to;
    }
    case "head":
      return part.branch === "logits" ? undefined : part.level;
    default:
      return part.level;
  }
}

function blockLevel({ backbone }: Model, id: number): Level {
  return blocksOf(backbone)[id]!.level;
}
