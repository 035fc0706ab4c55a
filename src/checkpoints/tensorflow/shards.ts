import type { BundleIndex } from "./bundleIndex.js";
import type { ByteSource } from "./byteSource.js";
import { CheckpointError } from "./checkpointError.js";

const indexEnding = /\.index$/;

/** Finds one of a checkpoint's files by its name; undefined if there is none. */
export type FindFile = (name: string) => Promise<ByteSource | undefined>;

/**
 * Finds the files with a checkpoint's tensors and compares their sizes with what the index expects, before anything
 * is read.
 *
 * @returns by number; shards without tensors are left out
 * @throws CheckpointError naming the file that is missing or cut
 */
export async function openShards(index: BundleIndex, find: FindFile): Promise<Map<number, ByteSource>> {
  const shards = new Map<number, ByteSource>();
  for (const [shard, size] of expectedSizes(index)) {
    const name = shardName(index, shard);
    const source = await find(name);
    if (!source) {
      throw new CheckpointError(
        index.source,
        `its tensors are in ${name}, which is missing; a checkpoint's .index and .data files belong together.`,
      );
    }
    if (source.size < size) {
      throw new CheckpointError(
        source.name,
        `this download is cut: ${source.size.toLocaleString("en")} of ${size.toLocaleString("en")} bytes; download it again.`,
      );
    }
    shards.set(shard, source);
  }
  return shards;
}

/** `model.ckpt.data-00000-of-00001` beside `model.ckpt.index`. */
function shardName({ source, shardCount }: BundleIndex, shard: number): string {
  const digits = (number: number) => String(number).padStart(5, "0");
  return `${source.replace(indexEnding, "")}.data-${digits(shard)}-of-${digits(shardCount)}`;
}

/** How many bytes each shard must have for its last tensor to be whole. */
function expectedSizes({ tensors }: BundleIndex): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const { shard, offset, size } of [...tensors.values()].flatMap(({ parts }) => parts)) {
    sizes.set(shard, Math.max(sizes.get(shard) ?? 0, offset + size));
  }
  return sizes;
}
