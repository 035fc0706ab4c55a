import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { snappyCompress } from "hysnappy";
import type { ByteSource } from "../../../src/checkpoints/tensorflow/byteSource.js";
import { Checkpoint } from "../../../src/checkpoints/tensorflow/checkpoint.js";
import type { SliceExtent } from "../../../src/checkpoints/tensorflow/format/bundleEntry.js";
import { maskedCrc32c } from "../../../src/checkpoints/tensorflow/format/maskedCrc32c.js";
import { sliceKey } from "../../../src/checkpoints/tensorflow/format/sliceKey.js";
import { readBlock } from "../../../src/checkpoints/tensorflow/format/tableBlock.js";

/** A tensor to write: its bytes as the file has them, or strings. */
export interface WrittenTensor {
  readonly name: string;
  /** TensorFlow's `DataType`. */
  readonly type: number;
  readonly shape: readonly number[];
  readonly bytes?: Uint8Array;
  readonly strings?: readonly Uint8Array[];
  readonly shard?: number;
  /** In place of bytes: parts of it. */
  readonly slices?: readonly { readonly extents: readonly SliceExtent[]; readonly bytes: Uint8Array }[];
}

export interface WriteSettings {
  readonly shards?: number;
  readonly bigEndian?: boolean;
  readonly snappy?: boolean;
  /** Entries of the table per block. */
  readonly perBlock?: number;
  /** Replaces the header's bytes, or leaves it out. */
  readonly header?: Uint8Array | null;
}

const float = 1;

export function floatTensor(
  name: string,
  shape: readonly number[],
  values: readonly number[] | Float32Array,
): WrittenTensor {
  return { name, type: float, shape, bytes: new Uint8Array(Float32Array.from(values).buffer) };
}

/** A checkpoint's files by name, `model.index` first. Written for tests: only TensorFlow's own writer is the format. */
export function writeCheckpoint(
  tensors: readonly WrittenTensor[],
  settings: WriteSettings = {},
): Map<string, Uint8Array> {
  const { shards = 1, bigEndian = false } = settings;
  const data = Array.from({ length: shards }, () => [] as Uint8Array[]);
  const sizes = data.map(() => 0);
  const entries = new Map<string, Uint8Array>();
  const store = (shard: number, bytes: Uint8Array) => {
    const offset = sizes[shard]!;
    data[shard]!.push(bytes);
    sizes[shard] = offset + bytes.length;
    return { shard, offset, size: bytes.length, checksum: maskedCrc32c(bytes) };
  };
  for (const { name, type, shape, shard = 0, ...content } of tensors) {
    if (content.slices) {
      const extents = content.slices.map((slice) => slice.extents);
      entries.set(name, entryBytes({ type, shape, extents }));
      for (const slice of content.slices) {
        const sides = slice.extents.map(({ length }, dimension) => length ?? shape[dimension]!);
        entries.set(
          sliceKey(name, slice.extents),
          entryBytes({ type, shape: sides, ...store(shard, slice.bytes) }),
        );
      }
    } else if (content.strings) {
      const { bytes, checksum } = stringBytes(content.strings, bigEndian);
      entries.set(name, entryBytes({ type, shape, ...store(shard, bytes), checksum }));
    } else {
      entries.set(name, entryBytes({ type, shape, ...store(shard, content.bytes!) }));
    }
  }
  if (settings.header !== null) entries.set("", settings.header ?? headerBytes(shards, bigEndian));
  const files = new Map([["model.index", tableBytes(entries, settings)]]);
  data.forEach((parts, shard) => {
    const digits = (number: number) => String(number).padStart(5, "0");
    files.set(`model.data-${digits(shard)}-of-${digits(shards)}`, joined(parts));
  });
  return files;
}

/** Opens files of {@link writeCheckpoint}; `reads` collects what was read. */
export function openWritten(
  files: ReadonlyMap<string, Uint8Array>,
  reads: string[] = [],
): Promise<Checkpoint> {
  const source = (name: string): ByteSource | undefined => {
    const bytes = files.get(name);
    return (
      bytes && {
        name,
        size: bytes.length,
        async read(offset, length) {
          reads.push(`${name} ${offset} ${length}`);
          return bytes.slice(offset, offset + length);
        },
      }
    );
  };
  return Checkpoint.open(source("model.index")!, async (name) => source(name));
}

export function headerBytes(shards: number, bigEndian = false, oldestReader = 0): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int32(shards);
  if (bigEndian) writer.tag(2, WireType.Varint).int32(1);
  writer.tag(3, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.Varint).int32(1);
  if (oldestReader) writer.tag(2, WireType.Varint).int32(oldestReader);
  return writer.join().finish();
}

interface EntryFields {
  readonly type: number;
  readonly shape: readonly number[];
  readonly shard?: number;
  readonly offset?: number;
  readonly size?: number;
  readonly checksum?: number;
  readonly extents?: readonly (readonly SliceExtent[])[];
}

export function entryBytes(entry: EntryFields): Uint8Array {
  const { type, shape, shard = 0, offset = 0, size = 0, checksum = 0, extents = [] } = entry;
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int32(type);
  writer.tag(2, WireType.LengthDelimited).fork();
  for (const side of shape) {
    writer.tag(2, WireType.LengthDelimited).fork().tag(1, WireType.Varint).int64(side).join();
  }
  writer.join();
  writer.tag(3, WireType.Varint).int32(shard);
  writer.tag(4, WireType.Varint).int64(offset);
  writer.tag(5, WireType.Varint).int64(size);
  writer.tag(6, WireType.Bit32).fixed32(checksum);
  for (const slice of extents) {
    writer.tag(7, WireType.LengthDelimited).fork();
    for (const { start, length } of slice) {
      writer.tag(1, WireType.LengthDelimited).fork();
      if (length !== null) writer.tag(1, WireType.Varint).int64(start).tag(2, WireType.Varint).int64(length);
      writer.join();
    }
    writer.join();
  }
  return writer.finish();
}

function stringBytes(strings: readonly Uint8Array[], bigEndian: boolean) {
  const lengths = new BinaryWriter();
  for (const { length } of strings) lengths.uint64(length);
  const fixed = new DataView(new ArrayBuffer(4 * strings.length));
  strings.forEach(({ length }, index) => {
    fixed.setUint32(4 * index, length, !bigEndian);
  });
  const fixedLengths = new Uint8Array(fixed.buffer);
  const lengthChecksum = new DataView(new ArrayBuffer(4));
  lengthChecksum.setUint32(0, maskedCrc32c(fixedLengths), !bigEndian);
  const rest = joined([new Uint8Array(lengthChecksum.buffer), ...strings]);
  return { bytes: joined([lengths.finish(), rest]), checksum: maskedCrc32c(fixedLengths, rest) };
}

/** A sorted table of these entries. */
export function tableBytes(
  entries: ReadonlyMap<string, Uint8Array>,
  { snappy = false, perBlock = 16 }: WriteSettings = {},
): Uint8Array {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts: Uint8Array[] = [];
  let offset = 0;
  const add = (block: Uint8Array, compress: boolean): Uint8Array => {
    const bytes = compress ? snappyCompress(block) : block;
    const part = sealed(bytes, compress ? 1 : 0);
    parts.push(part);
    const handle = new BinaryWriter().uint64(offset).uint64(bytes.length).finish();
    offset += part.length;
    return handle;
  };
  const index: [string, Uint8Array][] = [];
  for (let start = 0; start < sorted.length; start += perBlock) {
    const entriesOfBlock = sorted.slice(start, start + perBlock);
    index.push([entriesOfBlock.at(-1)![0], add(blockOf(entriesOfBlock), snappy)]);
  }
  const metaHandle = add(blockOf([]), false);
  const indexHandle = add(blockOf(index), false);
  return joined([...parts, footerOf(metaHandle, indexHandle)]);
}

/**
 * A table with the bytes of one of its blocks changed and all places and checksums right, as only a program could make
 * it.
 *
 * @param at which of the blocks, from 0 to 1
 */
export function resealed(
  table: Uint8Array,
  at: number,
  change: (block: Uint8Array) => Uint8Array,
): Uint8Array {
  const footer = new BinaryReader(table.subarray(table.length - 48));
  const handle = (reader: BinaryReader): Handle => [Number(reader.uint64()), Number(reader.uint64())];
  const meta = handle(footer);
  const index = handle(footer);
  const block = ([offset, size]: Handle) => table.subarray(offset, offset + size);
  const lastEntries = readBlock(table, { offset: index[0], size: index[1] }, "table");
  const handles = lastEntries.map(([, value]) => handle(new BinaryReader(value)));
  const chosen = Math.floor(at * (handles.length + 1));
  const parts: Uint8Array[] = [];
  let offset = 0;
  const add = (bytes: Uint8Array, type: number): Uint8Array => {
    const part = sealed(bytes, type);
    parts.push(part);
    offset += part.length;
    return new BinaryWriter()
      .uint64(offset - part.length)
      .uint64(bytes.length)
      .finish();
  };
  const blocks = handles.map((one, position): [string, Uint8Array] => {
    const bytes = position === chosen ? change(block(one)) : block(one);
    return [lastEntries[position]![0], add(bytes, table[one[0] + one[1]]!)];
  });
  const metaHandle = add(block(meta), 0);
  const indexBytes = blockOf(blocks);
  const indexHandle = add(chosen === handles.length ? change(indexBytes) : indexBytes, 0);
  return joined([...parts, footerOf(metaHandle, indexHandle)]);
}

type Handle = readonly [offset: number, size: number];

/** A block's bytes, its type and its checksum. */
function sealed(bytes: Uint8Array, type: number): Uint8Array {
  const typed = joined([bytes, Uint8Array.of(type)]);
  const checksum = new DataView(new ArrayBuffer(4));
  checksum.setUint32(0, maskedCrc32c(typed), true);
  return joined([typed, new Uint8Array(checksum.buffer)]);
}

function footerOf(metaHandle: Uint8Array, indexHandle: Uint8Array): Uint8Array {
  const footer = new Uint8Array(48);
  footer.set(joined([metaHandle, indexHandle]));
  new DataView(footer.buffer).setBigUint64(40, 0xdb4775248b80fb57n, true);
  return footer;
}

/** Every fourth key is stored whole. */
function blockOf(entries: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const writer = new BinaryWriter();
  const restarts: number[] = [];
  let length = 0;
  let before = "";
  const parts: Uint8Array[] = [];
  entries.forEach(([key, value], position) => {
    const whole = position % 4 === 0;
    if (whole) restarts.push(length);
    let shared = 0;
    while (!whole && shared < Math.min(key.length, before.length) && key[shared] === before[shared]) shared++;
    const rest = Uint8Array.from(key.slice(shared), (character) => character.charCodeAt(0));
    const part = joined([
      new BinaryWriter().uint32(shared).uint32(rest.length).uint32(value.length).finish(),
      rest,
      value,
    ]);
    parts.push(part);
    length += part.length;
    before = key;
  });
  const ends = restarts.length === 0 ? [0] : restarts;
  for (const restart of [...ends, ends.length]) writer.fixed32(restart);
  return joined([...parts, writer.finish()]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
