import { BinaryReader } from "@bufbuild/protobuf/wire";
import { CheckpointError } from "../checkpointError.js";
import { type BlockHandle, blockHandleIn, readBlock } from "./tableBlock.js";

const footerBytes = 48;
/** The last eight bytes of each table, little-endian. */
const magic = 0xdb4775248b80fb57n;

/**
 * All entries of a sorted string table, TensorFlow's variant of LevelDB's: data blocks, a block that indexes them, and
 * a footer that says where that is. Each block is checked against its checksum.
 *
 * @param source the file's name, for messages
 * @returns values by key, whose bytes are the characters' codes, in the table's order
 * @throws CheckpointError if it is no such table, cut or damaged
 */
export function readSortedTable(file: Uint8Array, source: string): Map<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  let last: string | undefined;
  for (const handle of dataBlocks(file, source)) {
    for (const [key, value] of readBlock(file, handle, source)) {
      if (last !== undefined && key <= last) {
        throw new CheckpointError(
          source,
          `the keys of its table are not in ascending order at ${JSON.stringify(key)}; the file is damaged.`,
        );
      }
      entries.set(key, value);
      last = key;
    }
  }
  return entries;
}

function dataBlocks(file: Uint8Array, source: string): BlockHandle[] {
  const index = indexHandle(file, source);
  const handles = [...readBlock(file, index, source)].map(([, value]) => blockHandleIn(value, source));
  // Blocks follow one another; a crafted index could otherwise name one block a million times.
  handles.forEach(({ offset }, position) => {
    const before = handles[position - 1];
    if (before && offset < before.offset + before.size) {
      throw new CheckpointError(source, "the blocks of its table overlap; the file is damaged.");
    }
  });
  return handles;
}

function indexHandle(file: Uint8Array, source: string): BlockHandle {
  if (file.length < footerBytes) {
    throw new CheckpointError(
      source,
      `it has ${file.length} bytes, fewer than the ${footerBytes} at the end of each checkpoint index.`,
    );
  }
  const footer = file.subarray(file.length - footerBytes);
  const view = new DataView(footer.buffer, footer.byteOffset, footer.byteLength);
  if (view.getBigUint64(footerBytes - 8, true) !== magic) {
    throw new CheckpointError(
      source,
      "its last bytes are not those of a checkpoint index; it is cut, or another kind of file.",
    );
  }
  const reader = new BinaryReader(footer);
  try {
    // The block of metadata comes first; TensorFlow leaves it empty.
    reader.uint64();
    reader.uint64();
  } catch (error) {
    throw new CheckpointError(source, "its footer is damaged.", { cause: error });
  }
  return blockHandleIn(footer.subarray(reader.pos), source);
}
