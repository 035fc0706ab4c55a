import { BinaryReader } from "@bufbuild/protobuf/wire";
import type { Checkpoint } from "./checkpoint.js";
import { CheckpointError } from "./checkpointError.js";
import { eachField, inner } from "./format/bundleEntry.js";

/** The tensor under which TensorFlow 2 stores which objects a checkpoint was saved from. */
export const objectGraphName = "_CHECKPOINTABLE_OBJECT_GRAPH";

/** A variable of an object graph. */
interface GraphVariable {
  /** The name of its tensor in the checkpoint. */
  readonly key: string;
  /** The name that the variable was created with, such as "conv2d_3/kernel"; empty where it was not stored. */
  readonly fullName: string;
}

/** An optimiser's value beside a variable: momentum, or the variable's moving average. */
interface SlotVariable {
  readonly slot: string;
  /** The variable that it belongs to. */
  readonly original: string;
  /** The slot's own tensor. */
  readonly key: string;
}

/** TensorFlow 2's `TrackableObjectGraph`, as far as it tells about variables. */
export interface ObjectGraph {
  readonly variables: readonly GraphVariable[];
  readonly slots: readonly SlotVariable[];
}

/**
 * A checkpoint's object graph; null for one of TensorFlow 1, which has none.
 *
 * @throws CheckpointError if it cannot be read
 */
export async function readObjectGraph(checkpoint: Checkpoint): Promise<ObjectGraph | null> {
  if (!checkpoint.tensors.has(objectGraphName)) return null;
  const [bytes] = await checkpoint.strings(objectGraphName);
  try {
    return decodeObjectGraph(bytes ?? new Uint8Array());
  } catch (error) {
    throw new CheckpointError(
      checkpoint.index.source,
      `its object graph cannot be decoded (${(error as Error).message}); the file is damaged.`,
      { cause: error },
    );
  }
}

interface SlotReference {
  readonly slot: string;
  readonly original: number;
  readonly node: number;
}

interface Node {
  readonly variables: readonly GraphVariable[];
  readonly slots: readonly SlotReference[];
}

function decodeObjectGraph(bytes: Uint8Array): ObjectGraph {
  const nodes: Node[] = [];
  eachField(new BinaryReader(bytes), { 1: (reader) => nodes.push(nodeIn(inner(reader))) });
  const slots = nodes
    .flatMap((node) => node.slots)
    .flatMap(({ slot, original, node }): SlotVariable[] => {
      const [of] = nodes[original]?.variables ?? [];
      const [own] = nodes[node]?.variables ?? [];
      return of && own ? [{ slot, original: of.key, key: own.key }] : [];
    });
  const slotKeys = new Set(slots.map(({ key }) => key));
  const variables = nodes.flatMap((node) => node.variables).filter(({ key }) => !slotKeys.has(key));
  return { variables, slots };
}

function nodeIn(message: BinaryReader): Node {
  const variables: GraphVariable[] = [];
  const slots: SlotReference[] = [];
  eachField(message, {
    2: (reader) => variables.push(variableIn(inner(reader))),
    3: (reader) => slots.push(slotIn(inner(reader))),
  });
  return { variables, slots };
}

function variableIn(message: BinaryReader): GraphVariable {
  const variable = { key: "", fullName: "" };
  eachField(message, {
    2: (reader) => {
      variable.fullName = reader.string();
    },
    3: (reader) => {
      variable.key = reader.string();
    },
  });
  return variable;
}

function slotIn(message: BinaryReader): SlotReference {
  const slot = { slot: "", original: 0, node: 0 };
  eachField(message, {
    1: (reader) => {
      slot.original = reader.int32();
    },
    2: (reader) => {
      slot.slot = reader.string();
    },
    3: (reader) => {
      slot.node = reader.int32();
    },
  });
  return slot;
}
