import type { Layer, MapShape } from "../layers/layer.js";
import { type Costs, free, sumOfCosts } from "./costs.js";

/** One operation of a connection, with the batch norm and the activation that follow a convolution. */
export interface Operation extends Costs {
  readonly op: "conv" | "depthwiseConv" | "maxPool" | "resizeNearest";
  /** Side of the window; absent where pixels are only repeated. */
  readonly window?: number;
  readonly stride?: number;
  readonly input: MapShape;
  readonly output: MapShape;
  readonly norm: boolean;
  readonly activation: boolean;
}

/** "direct" and "dangling" connections pass the parent's map as it is, the others resample it. */
export type ConnectionKind = "direct" | "same" | "down" | "up" | "dangling";

/** What leads from one block to another. */
export interface Connection extends Costs {
  readonly from: number;
  readonly to: number;
  readonly kind: ConnectionKind;
  /** How many times smaller ("down") or larger ("up") each side gets; 1 otherwise. */
  readonly ratio: number;
  /**
   * In order (paper, section 3.2 and figure 5); their costs sum to the connection's. Empty where a map is passed as it
   * is, and for a block that reaches no output.
   */
  readonly operations: readonly Operation[];
}

/** What a connection needs to know of each block. */
interface ConnectedBlock {
  readonly id: number;
  readonly parents: readonly number[];
  readonly dangling: readonly number[];
  readonly shape: MapShape;
}

/** Every connection between blocks, by child and then by parent as the child lists them, dangling ones last. */
export function connectionsOf(
  layers: readonly Layer[],
  costs: ReadonlyMap<string, Costs>,
  blocks: readonly ConnectedBlock[],
  stemBlocks: number,
): Connection[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  return blocks.flatMap(({ id, parents, dangling, shape }) => [
    ...parents.map((parent, place): Connection => {
      if (id < stemBlocks) return passing(parent, id, "direct");
      const own = layers.filter(
        ({ part }) => part.kind === "connection" && part.child === id && part.place === place,
      );
      const operations = operationsOf(own, byName, costs);
      const scaling = scalingOf(blocks[parent]!.shape[0], shape[0]);
      return { from: parent, to: id, ...scaling, operations, ...sumOfCosts(operations) };
    }),
    ...dangling.map((from) => passing(from, id, "dangling")),
  ]);
}

function passing(from: number, to: number, kind: "direct" | "dangling"): Connection {
  return { from, to, kind, ratio: 1, operations: [], ...free };
}

function scalingOf(from: number, to: number): { kind: ConnectionKind; ratio: number } {
  if (from === to) return { kind: "same", ratio: 1 };
  return from > to ? { kind: "down", ratio: from / to } : { kind: "up", ratio: to / from };
}

function operationsOf(
  layers: readonly Layer[],
  byName: ReadonlyMap<string, Layer>,
  costs: ReadonlyMap<string, Costs>,
): Operation[] {
  const operations: Operation[] = [];
  for (const layer of layers) {
    const own = costs.get(layer.name)!;
    if (layer.op === "batchNorm" || layer.op === "activation") {
      const before = operations.pop()!;
      const follows = layer.op === "batchNorm" ? { norm: true } : { activation: true };
      operations.push({ ...before, ...sumOfCosts([before, own]), ...follows });
      continue;
    }
    const shapes = { input: mapShape(byName.get(layer.inputs[0]!)!), output: mapShape(layer) };
    operations.push({ ...windowOf(layer), ...shapes, norm: false, activation: false, ...own });
  }
  return operations;
}

function windowOf(layer: Layer): Pick<Operation, "op" | "window" | "stride"> {
  switch (layer.op) {
    case "conv":
    case "depthwiseConv":
      return { op: layer.op, window: layer.attributes.kernelSize, stride: layer.attributes.stride };
    case "maxPool":
      return { op: layer.op, window: layer.attributes.size, stride: layer.attributes.stride };
    case "resizeNearest":
      return { op: layer.op };
    default:
      throw new Error(`A connection holds no layer of kind "${layer.op}", as ${layer.name} is.`);
  }
}

function mapShape({ name, shape }: Layer): MapShape {
  const [height, width, channels] = shape;
  if (width === undefined || channels === undefined) throw new Error(`${name} gives a vector, not a map.`);
  return [height, width, channels];
}
