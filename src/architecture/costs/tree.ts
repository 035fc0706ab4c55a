import { featureSize } from "../layers/featureSize.js";
import type { Layer } from "../layers/layer.js";
import { layersOf } from "../layers/layersOf.js";
import type { Level, Model } from "../model/model.js";
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

/** One step on the way from the network to a layer. */
interface Step {
  readonly id: string;
  readonly name: string;
  readonly level?: Level;
}

interface Place {
  readonly part: CostPart;
  /** From the part down to the layer's nearest group, the part left out. */
  readonly groups: readonly Step[];
  readonly level?: Level;
}

interface Placed {
  readonly layer: Layer;
  readonly place: Place;
}

const parts: Readonly<Record<CostPart, string>> = {
  stem: "Stem",
  blocks: "Blocks",
  resampling: "Resampling",
  endpoints: "Endpoints",
  pyramid: "Feature pyramid",
  head: "Head",
};

const levels: readonly Level[] = [1, 2, 3, 4, 5, 6, 7];

/**
 * Divides a network's cost: into its parts, those into blocks, connections, endpoints or branches, and those into
 * single layers. Every layer is in it once, so costs sum to `descriptionOf`'s totals exactly; tensors that levels share are
 * counted at the first layer that uses them.
 *
 * @throws Error as `checkRules` does, if the model breaks a rule.
 */
export function costTree(model: Model): CostNode {
  const layers = layersOf(model);
  const costs = costsByLayer(layers);
  const placed = layers.map((layer) => ({ layer, place: placeOf(layer, model) }));
  const children = Object.entries(parts).flatMap(([part, name]) => {
    const own = placed.filter(({ place }) => place.part === part);
    return own.length === 0 ? [] : [gather({ id: part, name }, own, 0, costs)];
  });
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

function gather(
  step: Step,
  placed: readonly Placed[],
  depth: number,
  costs: ReadonlyMap<string, Costs>,
): CostNode {
  const groups = new Map<string, { step: Step; own: Placed[] }>();
  for (const one of placed) {
    const next = one.place.groups[depth] ?? layerStep(one);
    const group = groups.get(next.id) ?? { step: next, own: [] };
    group.own.push(one);
    groups.set(next.id, group);
  }
  const children = [...groups.values()].map(({ step, own }): CostNode => {
    if (own[0]!.place.groups[depth]) return gather(step, own, depth + 1, costs);
    const { layer } = own[0]!;
    return { ...step, layer, ...costs.get(layer.name)!, children: [] };
  });
  return { ...step, ...sumOfCosts(children), children };
}

function layerStep({ layer, place }: Placed): Step {
  const { groups, level } = place;
  const group = groups.at(-1);
  const within = layer.name.slice(layer.name.lastIndexOf("/") + 1);
  // Where all levels share a convolution, the layer is named by what sets it apart: its level.
  const shared = group?.id.startsWith("head/") === true && level !== undefined;
  const name = shared ? `${layer.name.split("/").at(-2)!}, level ${level}` : within;
  return { id: layer.name, name, ...(level ? { level } : {}) };
}

function placeOf(layer: Layer, model: Model): Place {
  const { block } = layer;
  if (block === "stem") {
    const level = levelOf(layer, model, levels);
    return { part: "stem", groups: [], ...(level ? { level } : {}) };
  }
  if (block === "head") return placeInHead(layer);
  if (block === "fpn") return placeInPyramid(layer);
  const endpoint = block.match(/^endpoint\/(\d)$/);
  if (endpoint) {
    const level = asLevel(endpoint[1]);
    return { part: "endpoints", groups: [{ id: block, name: `Endpoint ${level}`, level }], level };
  }
  return placeInBlock(layer, Number(block), model);
}

function placeInBlock(layer: Layer, id: number, model: Model): Place {
  const { stem, blocks } = model.backbone;
  const all = [...stem, ...blocks];
  const { level } = all[id]!;
  const [, second = ""] = layer.name.split("/");
  const edge = second.match(/^parent(\d)$/);
  if (edge) {
    const parent = blocks[id - stem.length]!.parents[Number(edge[1])]!;
    const from = all[parent]!.level;
    const between = levels.filter((one) => one >= Math.min(from, level) && one <= Math.max(from, level));
    const group = { id: `resampling/${id}/${edge[1]}`, name: `${parent} → ${id}`, level };
    const own = levelOf(layer, model, from <= level ? between : between.toReversed()) ?? level;
    return { part: "resampling", groups: [group], level: own };
  }
  const groups = [{ id: `blocks/${id}`, name: `Block ${id}`, level }];
  const repeat = second.match(/^repeat(\d+)$/);
  if (repeat) groups.push({ id: `blocks/${id}/${second}`, name: `Repeat ${Number(repeat[1]) + 1}`, level });
  return { part: "blocks", groups, level };
}

function placeInPyramid({ name }: Layer): Place {
  const level = asLevel(name.match(/(\d)(?:Activation)?$/)?.[1]);
  return { part: "pyramid", groups: [{ id: `pyramid/${level}`, name: `Level ${level}`, level }], level };
}

const branches = { class: "Classes", box: "Boxes" } as const;

function placeInHead({ name }: Layer): Place {
  const shared = name.match(/^head\/(class|box)(\d+|Predict)\w*\/level(\d)$/);
  if (!shared) return { part: "head", groups: [] };
  const [, branch, stage, level] = shared;
  if (branch !== "class" && branch !== "box") throw new Error(`${name} belongs to no branch of the head`);
  const groups = [
    { id: `head/${branch}`, name: branches[branch] },
    {
      id: `head/${branch}/${stage}`,
      name: stage === "Predict" ? "Prediction" : `Convolution ${Number(stage) + 1}`,
    },
  ];
  return { part: "head", groups, level: asLevel(level) };
}

/** The first of some levels whose maps are as high as the layer's. */
function levelOf(layer: Layer, { inputSize }: Model, among: readonly Level[]): Level | undefined {
  return among.find((level) => featureSize(inputSize[0], level) === layer.shape[0]);
}

function asLevel(digit: string | undefined): Level {
  const level = levels.find((one) => String(one) === digit);
  if (level === undefined) throw new Error(`${digit} is no pyramid level; levels run from 1 to 7`);
  return level;
}
