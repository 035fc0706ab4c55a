import { sizeOf } from "../../architecture/layers/tensors.js";
import { CheckpointError } from "./checkpointError.js";
import { type BundleEntry, type BundleHeader, decodeEntry, decodeHeader } from "./format/bundleEntry.js";
import { dataTypeOf } from "./format/dataType.js";
import { sliceKey } from "./format/sliceKey.js";
import { readSortedTable } from "./format/sortedTable.js";

/** One run of bytes in a shard that holds a tensor, or a slice of one. */
export interface StoredPart extends Pick<BundleEntry, "shard" | "offset" | "size" | "checksum"> {
  /** Where it starts in the tensor, by dimension. */
  readonly start: readonly number[];
  readonly shape: readonly number[];
}

/** A tensor of a checkpoint. */
export interface CheckpointTensor {
  readonly name: string;
  /** Such as "float32". */
  readonly type: string;
  readonly shape: readonly number[];
  /** One, or a partitioned variable's slices. */
  readonly parts: readonly StoredPart[];
}

/** What a checkpoint's `.index` file says: its tensors, and where their bytes are. */
export interface BundleIndex {
  /** The file's name. */
  readonly source: string;
  readonly shardCount: number;
  readonly bigEndian: boolean;
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
}

const readerVersion = 1;
/** Shards are numbered by five digits. */
const mostShards = 99_999;
/** The header's key is empty, and keys of slices begin with this; all others are tensors' names. */
const sliceMark = "\0";

/**
 * Reads a `.index` file of TensorFlow's V2 format.
 *
 * @param source the file's name
 * @throws CheckpointError if it is cut, damaged, another program's, or contradicts itself
 */
export function readBundleIndex(file: Uint8Array, source: string): BundleIndex {
  const table = readSortedTable(file, source);
  const { shardCount, bigEndian } = headerIn(table, source);
  const entries = new Map<string, BundleEntry>();
  for (const [key, value] of table) {
    if (key !== "") entries.set(key, entryIn(key, value, shardCount, source));
  }
  const tensors = new Map<string, CheckpointTensor>();
  for (const [key, entry] of entries) {
    if (key.startsWith(sliceMark)) continue;
    const name = nameOf(key, source);
    const parts = partsOf(key, name, entry, entries, source);
    tensors.set(name, { name, type: dataTypeOf(entry.type).name, shape: entry.shape, parts });
  }
  checkOverlaps(tensors, source);
  return { source, shardCount, bigEndian, tensors };
}

function headerIn(table: ReadonlyMap<string, Uint8Array>, source: string): BundleHeader {
  const bytes = table.get("");
  if (!bytes) {
    throw new CheckpointError(
      source,
      "it is a sorted table, but of another program: the header of a TensorFlow checkpoint is missing.",
    );
  }
  const header = decoded(() => decodeHeader(bytes), "its header", source);
  if (header.oldestReader > readerVersion) {
    throw new CheckpointError(
      source,
      `it needs a reader of version ${header.oldestReader}; this one is of version ${readerVersion}.`,
    );
  }
  if (header.shardCount < 1 || header.shardCount > mostShards) {
    throw new CheckpointError(source, `its header names ${header.shardCount} shards; the file is damaged.`);
  }
  return header;
}

function entryIn(key: string, bytes: Uint8Array, shardCount: number, source: string): BundleEntry {
  const what = `its entry ${JSON.stringify(key)}`;
  const entry = decoded(() => decodeEntry(bytes), what, source);
  const refuse = (why: string): never => {
    throw new CheckpointError(source, `${what} ${why}; the file is damaged.`);
  };
  if (entry.shard < 0 || entry.shard >= shardCount) {
    return refuse(`is in shard ${entry.shard}, but its header names ${shardCount}`);
  }
  const places = [entry.offset, entry.size, entry.offset + entry.size, ...entry.shape, sizeOf(entry.shape)];
  if (!places.every((place) => Number.isSafeInteger(place) && place >= 0)) {
    return refuse("has a place or shape that no tensor has");
  }
  const { bytes: each, name } = dataTypeOf(entry.type);
  const expected = sizeOf(entry.shape) * (each ?? 0);
  if (each !== null && entry.slices.length === 0 && entry.size !== expected) {
    return refuse(
      `has ${entry.size} bytes for ${name} of shape ${entry.shape.join("×")}, which takes ${expected}`,
    );
  }
  return entry;
}

function decoded<T>(decode: () => T, what: string, source: string): T {
  try {
    return decode();
  } catch (error) {
    throw new CheckpointError(
      source,
      `${what} cannot be decoded (${(error as Error).message}); the file is damaged.`,
      { cause: error },
    );
  }
}

function nameOf(key: string, source: string): string {
  try {
    const bytes = Uint8Array.from(key, (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new CheckpointError(source, `the name ${JSON.stringify(key)} in it is not UTF-8 text.`, {
      cause: error,
    });
  }
}

/** A tensor's own bytes, or those of its slices, which have entries of their own. */
function partsOf(
  key: string,
  name: string,
  { slices, ...entry }: BundleEntry,
  entries: ReadonlyMap<string, BundleEntry>,
  source: string,
): StoredPart[] {
  if (slices.length === 0) return [{ ...entry, start: entry.shape.map(() => 0) }];
  const refuse = (why: string): never => {
    throw new CheckpointError(source, `the partitioned variable "${name}" ${why}; the file is damaged.`);
  };
  const parts = slices.map((extents): StoredPart => {
    const part = entries.get(sliceKey(key, extents));
    const shape = extents.map(({ length }, dimension) => length ?? entry.shape[dimension]!);
    const start = extents.map((extent) => extent.start);
    if (!part) return refuse(`lacks its slice at ${start.join(", ")}`);
    const fits =
      extents.length === entry.shape.length &&
      shape.every(
        (length, dimension) => length >= 0 && start[dimension]! + length <= entry.shape[dimension]!,
      ) &&
      start.every((first) => first >= 0);
    if (!fits || part.type !== entry.type || part.shape.join() !== shape.join() || part.slices.length > 0) {
      return refuse(`has a slice of ${part.shape.join("×")} at ${start.join(", ")}, which does not fit`);
    }
    return { ...part, start };
  });
  const filled = parts.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (filled !== sizeOf(entry.shape)) {
    return refuse(`has slices of ${filled} elements for its ${sizeOf(entry.shape)}`);
  }
  return parts;
}

/** Tensors never share bytes, so that all of them together are no larger than the shards. */
function checkOverlaps(tensors: ReadonlyMap<string, CheckpointTensor>, source: string): void {
  const parts = [...tensors.values()].flatMap(({ name, parts }) => parts.map((part) => ({ name, ...part })));
  parts.sort((a, b) => a.shard - b.shard || a.offset - b.offset || a.size - b.size);
  parts.forEach((part, position) => {
    const before = parts[position - 1];
    if (before?.shard === part.shard && before.offset + before.size > part.offset) {
      throw new CheckpointError(
        source,
        `"${before.name}" and "${part.name}" are at the same bytes; the file is damaged.`,
      );
    }
  });
}
