import { BinaryReader, type WireType } from "@bufbuild/protobuf/wire";

/** What a checkpoint's index says of the whole: TensorFlow's `BundleHeaderProto`. */
export interface BundleHeader {
  readonly shardCount: number;
  readonly bigEndian: boolean;
  /** The oldest reader that understands the file; this one is of version 1. */
  readonly oldestReader: number;
}

/** One dimension's part of a tensor that was stored in slices. */
export interface SliceExtent {
  readonly start: number;
  /** Null where it is the whole dimension. */
  readonly length: number | null;
}

/** What a checkpoint's index says of one tensor: TensorFlow's `BundleEntryProto`. */
export interface BundleEntry {
  /** TensorFlow's `DataType`. */
  readonly type: number;
  readonly shape: readonly number[];
  readonly shard: number;
  /** In bytes, in the shard. */
  readonly offset: number;
  readonly size: number;
  /** The masked checksum of those bytes. */
  readonly checksum: number;
  /** Where the tensor was stored in slices, their extents by dimension; its own bytes are then none. */
  readonly slices: readonly (readonly SliceExtent[])[];
}

/** @throws Error from the decoder if these are not the message's bytes */
export function decodeHeader(bytes: Uint8Array): BundleHeader {
  let header: BundleHeader = { shardCount: 0, bigEndian: false, oldestReader: 0 };
  eachField(new BinaryReader(bytes), {
    1: (reader) => {
      header = { ...header, shardCount: reader.int32() };
    },
    2: (reader) => {
      header = { ...header, bigEndian: reader.int32() !== 0 };
    },
    3: (reader) =>
      eachField(inner(reader), {
        2: (version) => {
          header = { ...header, oldestReader: version.int32() };
        },
      }),
  });
  return header;
}

/** @throws Error from the decoder if these are not the message's bytes */
export function decodeEntry(bytes: Uint8Array): BundleEntry {
  const shape: number[] = [];
  const slices: SliceExtent[][] = [];
  const numbers = { type: 0, shard: 0, offset: 0, size: 0, checksum: 0 };
  eachField(new BinaryReader(bytes), {
    1: (reader) => {
      numbers.type = reader.int32();
    },
    2: (reader) =>
      eachField(inner(reader), { 2: (dimension) => shape.push(sizeOfDimension(inner(dimension))) }),
    3: (reader) => {
      numbers.shard = reader.int32();
    },
    4: (reader) => {
      numbers.offset = Number(reader.int64());
    },
    5: (reader) => {
      numbers.size = Number(reader.int64());
    },
    6: (reader) => {
      numbers.checksum = reader.fixed32();
    },
    7: (reader) => {
      const extents: SliceExtent[] = [];
      eachField(inner(reader), { 1: (extent) => extents.push(extentIn(inner(extent))) });
      slices.push(extents);
    },
  });
  return { ...numbers, shape, slices };
}

function sizeOfDimension(message: BinaryReader): number {
  let size = 0;
  eachField(message, {
    1: (reader) => {
      size = Number(reader.int64());
    },
  });
  return size;
}

function extentIn(message: BinaryReader): SliceExtent {
  const extent = { start: 0, length: null as number | null };
  eachField(message, {
    1: (reader) => {
      extent.start = Number(reader.int64());
    },
    2: (reader) => {
      extent.length = Number(reader.int64());
    },
  });
  return extent;
}

/** Reads a message field by field, skipping those without a reader. */
export function eachField(
  reader: BinaryReader,
  fields: Readonly<Record<number, (reader: BinaryReader, type: WireType) => unknown>>,
): void {
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const read = fields[field];
    if (read) read(reader, type);
    else reader.skip(type, field);
  }
}

/** The message in the field that comes next. */
export function inner(reader: BinaryReader): BinaryReader {
  return new BinaryReader(reader.bytes());
}
