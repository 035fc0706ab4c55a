import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { Checkpoint } from "../../../src/checkpoints/tensorflow/checkpoint.js";
import { CheckpointError } from "../../../src/checkpoints/tensorflow/checkpointError.js";
import { conversionPlan } from "../../../src/checkpoints/tensorflow/conversion/conversionPlan.js";
import { objectGraphName, readObjectGraph } from "../../../src/checkpoints/tensorflow/objectGraph.js";
import {
  entryBytes,
  floatTensor,
  headerBytes,
  resealed,
  tableBytes,
  type WriteSettings,
  writeCheckpoint,
} from "./writeCheckpoint.js";

/** A checkpoint's files, damaged in one way. */
export interface MutatedCheckpoint {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** For a failure's report. */
  readonly how: string;
}

const whole = { start: 0, length: null };
/** An object graph of one node, whose variable "x" has the full name "conv2d/k". */
const graph = new BinaryWriter()
  .tag(1, WireType.LengthDelimited)
  .fork()
  .tag(2, WireType.LengthDelimited)
  .fork()
  .tag(2, WireType.LengthDelimited)
  .string("conv2d/k")
  .tag(3, WireType.LengthDelimited)
  .string("x")
  .join()
  .join()
  .finish();

/** All that the reader knows: types, shards, slices, strings and an object graph. */
const tensors = [
  floatTensor("x", [2, 3], [1, 2, 3, 4, 5, 6]),
  { ...floatTensor("spinenet/conv2d/kernel", [4], [1, 2, 3, 4]), shard: 1 },
  floatTensor("spinenet/conv2d/kernel/Momentum", [4], [0, 0, 0, 0]),
  { name: "half", type: 19, shape: [3], bytes: Uint8Array.from([0, 0x3c, 0, 0x40, 0, 0x42]) },
  { name: "brain", type: 14, shape: [2], bytes: Uint8Array.from([0x80, 0x3f, 0, 0x40]), shard: 1 },
  { name: "global_step", type: 9, shape: [], bytes: Uint8Array.from([7, 0, 0, 0, 0, 0, 0, 0]) },
  {
    name: "sliced",
    type: 1,
    shape: [2, 2],
    slices: [0, 1].map((start) => ({
      extents: [whole, { start, length: 1 }],
      bytes: new Uint8Array(8).fill(start),
    })),
  },
  { name: objectGraphName, type: 7, shape: [], strings: [graph] },
];

const byte = fc.integer({ min: 0, max: 255 });
const bytes = fc.uint8Array({ maxLength: 24 });
/** Places in a file of any length. */
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** Changes of bytes that know nothing of the format. */
const change: fc.Arbitrary<(file: Uint8Array) => Uint8Array> = fc.oneof(
  fc.array(fc.tuple(place, byte), { minLength: 1, maxLength: 8 }).map((flips) => (file: Uint8Array) => {
    const changed = file.slice();
    for (const [at, value] of flips) changed[Math.floor(at * file.length)] = value;
    return changed;
  }),
  place.map((at) => (file: Uint8Array) => file.slice(0, Math.floor(at * file.length))),
  fc.tuple(place, bytes).map(([at, added]) => (file: Uint8Array) => {
    const start = Math.floor(at * file.length);
    return Uint8Array.from([...file.subarray(0, start), ...added, ...file.subarray(start)]);
  }),
  fc.tuple(place, place).map(([from, to]) => (file: Uint8Array) => {
    const [start, end] = [from, to].map((at) => Math.floor(at * file.length)) as [number, number];
    return Uint8Array.from([...file.subarray(0, start), ...file.subarray(end)]);
  }),
);

const settings: fc.Arbitrary<WriteSettings> = fc.record({
  shards: fc.constant(2),
  snappy: fc.boolean(),
  perBlock: fc.integer({ min: 1, max: 12 }),
  bigEndian: fc.boolean(),
});

/** Numbers at which arithmetic goes wrong. */
const extreme = fc.oneof(
  fc.integer({ min: -4, max: 64 }),
  fc.constantFrom(2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 53 - 1, -(2 ** 31), -(2 ** 53) + 1),
);
const small = fc.integer({ min: -2, max: 40 });
const extent = fc.record({ start: extreme, length: fc.oneof(fc.constant(null), extreme) });

/** Entries with valid checksums that say anything. */
const lyingEntry = fc
  .record({
    type: small,
    shape: fc.array(extreme, { maxLength: 4 }),
    shard: small,
    offset: extreme,
    size: extreme,
    extents: fc.array(fc.array(extent, { maxLength: 3 }), { maxLength: 3 }),
  })
  .map(entryBytes);

/** Any mutation of a checkpoint: of its files' bytes, of blocks whose checksums are right, or of what entries say. */
export const mutatedCheckpoint: fc.Arbitrary<MutatedCheckpoint> = fc.oneof(
  fc.tuple(settings, fc.integer({ min: 0, max: 2 }), change).map(([written, index, mutate]) => {
    const files = writeCheckpoint(tensors, written);
    const name = [...files.keys()][index]!;
    return { how: `bytes of ${name}`, files: files.set(name, mutate(files.get(name)!)) };
  }),
  fc.tuple(settings, place, change).map(([written, at, mutate]) => {
    const files = writeCheckpoint(tensors, written);
    return {
      how: "a resealed block",
      files: files.set("model.index", resealed(files.get("model.index")!, at, mutate)),
    };
  }),
  fc
    .tuple(
      settings,
      fc.oneof(
        bytes,
        fc.tuple(small, fc.boolean(), small).map((header) => headerBytes(...header)),
      ),
      fc.array(fc.tuple(fc.string({ maxLength: 6, unit: "binary-ascii" }), fc.oneof(bytes, lyingEntry)), {
        maxLength: 4,
      }),
    )
    .map(([written, header, entries]) => {
      const files = writeCheckpoint(tensors, written);
      const table = new Map<string, Uint8Array>([["", header], ...entries.filter(([key]) => key !== "")]);
      return { how: "lying entries", files: files.set("model.index", tableBytes(table, written)) };
    }),
);

/**
 * Reads all of a checkpoint, and plans its conversion.
 *
 * @returns whether it was read without complaint
 * @throws whatever is not a CheckpointError, or a read beyond a file's end
 */
export async function readWhole({ files }: MutatedCheckpoint): Promise<boolean> {
  const source = (name: string, file: Uint8Array) => ({
    name,
    size: file.length,
    async read(offset: number, length: number) {
      if (!(offset >= 0 && length >= 0 && offset + length <= file.length)) {
        throw new RangeError(
          `${length} bytes at ${offset} of ${name} were asked for, which has ${file.length}.`,
        );
      }
      return file.slice(offset, offset + length);
    },
  });
  try {
    const checkpoint = await Checkpoint.open(
      source("model.index", files.get("model.index")!),
      async (name) => {
        const file = files.get(name);
        return file && source(name, file);
      },
    );
    const complete = await everyTensor(checkpoint);
    const graph = await readObjectGraph(checkpoint);
    // No network is in it, so all of them are refused, but the names and shapes may be any.
    await typed(async () => conversionPlan(checkpoint.tensors, graph, {}, "model.index"));
    return complete;
  } catch (error) {
    if (error instanceof CheckpointError) return false;
    throw error;
  }
}

/** Whether all tensors could be read: one may be refused and the next be whole. */
async function everyTensor(checkpoint: Checkpoint): Promise<boolean> {
  let complete = true;
  for (const { name, type } of checkpoint.tensors.values()) {
    const read = () => {
      if (type === "string") return checkpoint.strings(name);
      return type.startsWith("int") ? checkpoint.integers(name) : checkpoint.floats(name);
    };
    complete = (await typed(read)) && complete;
  }
  return complete;
}

/** Whether it succeeds rather than refuses with a typed error. */
async function typed(attempt: () => Promise<unknown>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    if (error instanceof CheckpointError) return false;
    throw error;
  }
}

/** The checkpoint as it was before any mutation. */
export const soundCheckpoint: MutatedCheckpoint = {
  how: "not at all",
  files: writeCheckpoint(tensors, { shards: 2, snappy: true }),
};
