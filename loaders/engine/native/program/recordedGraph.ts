import type { NativeBinding, OperationAttribute } from "../nativeBackend.js";
import type { GraphNode, NodeAttribute } from "./graphDefinition.js";
import type { RecordedOperation, Recording } from "./recording.js";

export interface RecordedGraph {
  readonly nodes: readonly GraphNode[];
  /** The feeds' places, `node:output` each. */
  readonly feeds: readonly string[];
  /** The results' places. */
  readonly fetches: readonly string[];
}

/** The type and shape that a feed has in every run. */
export interface FeedType {
  readonly type: number;
  readonly shape: readonly number[];
}

/** A recording as a graph that computes its results from its feeds; what they do not need is left out. */
export function recordedGraph(
  { operations, constants, feeds, results }: Recording,
  feedTypes: readonly FeedType[],
  binding: NativeBinding,
): RecordedGraph {
  const places = new Map<number, string>();
  const nodes: GraphNode[] = [];
  feeds.forEach((id, index) => {
    const { type, shape } = feedTypes[index]!;
    const name = `feed${index}`;
    nodes.push({
      name,
      operation: "Placeholder",
      inputs: [],
      attributes: new Map<string, NodeAttribute>([
        ["dtype", { type }],
        ["shape", { shape }],
      ]),
    });
    places.set(id, `${name}:0`);
  });
  const needed = neededBy(results, operations);
  for (const [id, tensor] of constants) {
    if (!needed.tensors.has(id)) continue;
    const name = `constant${id}`;
    nodes.push({
      name,
      operation: "Const",
      inputs: [],
      attributes: new Map<string, NodeAttribute>([
        ["dtype", { type: tensor.type }],
        ["value", { tensor }],
      ]),
    });
    places.set(id, `${name}:0`);
  }
  const placeOf = (id: number): string => {
    const place = places.get(id);
    if (place === undefined) throw new Error(`The recording does not say where tensor ${id} comes from.`);
    return place;
  };
  operations.forEach((recorded, index) => {
    if (!needed.operations.has(recorded)) return;
    const { operation, attributes, inputs, outputs } = recorded;
    const name = `${index}/${operation}`;
    nodes.push({
      name,
      operation,
      inputs: inputs.map(placeOf),
      attributes: new Map(attributes.map((attribute) => [attribute.name, nodeAttribute(attribute, binding)])),
    });
    outputs.forEach((id, output) => {
      places.set(id, `${name}:${output}`);
    });
  });
  return { nodes, feeds: feeds.map(placeOf), fetches: results.map(placeOf) };
}

function neededBy(
  results: readonly number[],
  operations: readonly RecordedOperation[],
): { tensors: ReadonlySet<number>; operations: ReadonlySet<RecordedOperation> } {
  const tensors = new Set(results);
  const kept = new Set<RecordedOperation>();
  for (const recorded of operations.toReversed()) {
    if (!recorded.outputs.some((id) => tensors.has(id))) continue;
    kept.add(recorded);
    for (const id of recorded.inputs) tensors.add(id);
  }
  return { tensors, operations: kept };
}

function nodeAttribute({ name, type, value }: OperationAttribute, binding: NativeBinding): NodeAttribute {
  if (type === binding.TF_ATTR_STRING && typeof value === "string") return { string: value };
  if (type === binding.TF_ATTR_BOOL && typeof value === "boolean") return { bool: value };
  if (type === binding.TF_ATTR_SHAPE && isList(value)) return { shape: value };
  if (type === binding.TF_ATTR_INT && isList(value)) return { ints: value };
  if (typeof value === "number") {
    if (type === binding.TF_ATTR_TYPE) return { type: value };
    if (type === binding.TF_ATTR_INT) return { int: value };
    if (type === binding.TF_ATTR_FLOAT) return { float: value };
  }
  throw new Error(`The attribute "${name}" of kind ${type} cannot be written into a graph.`);
}

function isList(value: OperationAttribute["value"]): value is readonly number[] {
  return Array.isArray(value);
}
