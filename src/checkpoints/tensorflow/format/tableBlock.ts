import { BinaryReader } from "@bufbuild/protobuf/wire";
import { snappyUncompressor } from "hysnappy";
import { CheckpointError } from "../checkpointError.js";
import { maskedCrc32c } from "./maskedCrc32c.js";

/** Where a block is in its file; a type and a checksum follow its bytes. */
export interface BlockHandle {
  readonly offset: number;
  readonly size: number;
}

/** A byte for the compression, four for the checksum. */
const trailerBytes = 5;
const stored = 0;
const snappy = 1;

/** A Snappy element of three bytes copies at most 64, so no text grows by more. */
const longestGrowth = 64 / 3;

let uncompress: ReturnType<typeof snappyUncompressor> | undefined;

/** @throws CheckpointError if the bytes hold no handle */
export function blockHandleIn(bytes: Uint8Array, source: string): BlockHandle {
  const reader = new BinaryReader(bytes);
  try {
    return { offset: Number(reader.uint64()), size: Number(reader.uint64()) };
  } catch (error) {
    throw new CheckpointError(source, "the place of a block in it cannot be read; the file is damaged.", {
      cause: error,
    });
  }
}

/**
 * The entries of a block: each key is stored without what it shares with the key before.
 *
 * @throws CheckpointError if the block reaches beyond the file, or is damaged
 */
export function readBlock(
  file: Uint8Array,
  handle: BlockHandle,
  source: string,
): [key: string, value: Uint8Array][] {
  const block = blockBytes(file, handle, source);
  try {
    return entriesOf(block);
  } catch (error) {
    throw new CheckpointError(
      source,
      `its block at byte ${handle.offset} does not hold entries (${(error as Error).message}); the file is damaged.`,
      { cause: error },
    );
  }
}

function blockBytes(file: Uint8Array, { offset, size }: BlockHandle, source: string): Uint8Array {
  const refuse = (what: string, cause?: unknown): never => {
    throw new CheckpointError(source, `its block at byte ${offset} ${what}`, { cause });
  };
  // Sums of numbers as large as 2⁶⁴ stay large, if not exact.
  if (offset + size + trailerBytes > file.length) {
    return refuse(`has ${size} bytes, which reach beyond the file's ${file.length}; the file is cut.`);
  }
  const end = offset + size;
  const type = file[end]!;
  const checksum = new DataView(file.buffer, file.byteOffset + end + 1, 4).getUint32(0, true);
  if (maskedCrc32c(file.subarray(offset, end + 1)) !== checksum) {
    return refuse("does not match its checksum; the file is damaged, so download it again.");
  }
  const bytes = file.subarray(offset, end);
  if (type === stored) return bytes;
  if (type !== snappy) {
    return refuse(`is compressed by method ${type}; only Snappy (1) can be read.`);
  }
  try {
    const length = new BinaryReader(bytes).uint32();
    if (length > size * longestGrowth) {
      return refuse(`claims to hold ${length} bytes, more than ${size} compressed ones can.`);
    }
    uncompress ??= snappyUncompressor();
    return uncompress(bytes, length);
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    return refuse(`cannot be decompressed (${(error as Error).message}); the file is damaged.`, error);
  }
}

/** Entries, then the offsets of those with a whole key, which only searching needs, and their number. */
function entriesOf(block: Uint8Array): [string, Uint8Array][] {
  if (block.length < 4) throw new Error("too short");
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const end = block.length - 4 * (view.getUint32(block.length - 4, true) + 1);
  if (end < 0) throw new Error("too many restarts");
  const reader = new BinaryReader(block.subarray(0, end));
  const entries: [string, Uint8Array][] = [];
  let key: Uint8Array = new Uint8Array();
  while (reader.pos < end) {
    const shared = reader.uint32();
    const rest = reader.uint32();
    const length = reader.uint32();
    const start = reader.pos;
    if (shared > key.length || start + rest + length > end) throw new Error("an entry beyond its end");
    const joined = new Uint8Array(shared + rest);
    joined.set(key.subarray(0, shared));
    joined.set(block.subarray(start, start + rest), shared);
    key = joined;
    reader.pos = start + rest + length;
    entries.push([binaryString(key), block.subarray(start + rest, reader.pos)]);
  }
  return entries;
}

/** A character per byte: keys of slices are not text, and these compare as the table orders them. */
function binaryString(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
