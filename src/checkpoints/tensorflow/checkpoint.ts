import { sizeOf } from "../../architecture/layers/tensors.js";
import { type BundleIndex, type CheckpointTensor, readBundleIndex, type StoredPart } from "./bundleIndex.js";
import type { ByteSource } from "./byteSource.js";
import { CheckpointError } from "./checkpointError.js";
import { elementBytes, float32Values, integerValues, swapBytes } from "./format/dataType.js";
import { maskedCrc32c } from "./format/maskedCrc32c.js";
import { stringsIn } from "./format/stringTensor.js";
import { pasteSlice } from "./pasteSlice.js";
import { type FindFile, openShards } from "./shards.js";

/** An index has some hundred bytes per tensor; nothing that a network needs comes near. */
const largestIndex = 64 * 2 ** 20;

/** A TensorFlow V2 checkpoint, whose tensors are read one at a time. */
export class Checkpoint {
  private constructor(
    readonly index: BundleIndex,
    private readonly shards: ReadonlyMap<number, ByteSource>,
  ) {}

  /**
   * @param find gives the files beside the index
   * @throws CheckpointError if a file is missing, cut or damaged, as far as the index tells
   */
  static async open(file: ByteSource, find: FindFile): Promise<Checkpoint> {
    if (file.size > largestIndex) {
      throw new CheckpointError(
        file.name,
        `it has ${file.size.toLocaleString("en")} bytes, too many for an index; a checkpoint's tensors are in its .data files.`,
      );
    }
    const index = readBundleIndex(await file.read(0, file.size), file.name);
    return new Checkpoint(index, await openShards(index, find));
  }

  get tensors(): ReadonlyMap<string, CheckpointTensor> {
    return this.index.tensors;
  }

  /**
   * A floating-point tensor's numbers.
   *
   * @throws CheckpointError if there is no such tensor, it is of another type, or its bytes do not match their checksum
   */
  async floats(name: string): Promise<Float32Array> {
    const { type, shape, parts } = this.tensorOf(name);
    const read = async (part: StoredPart) =>
      float32Values(type, await this.numberBytes(name, type, part)) ??
      this.refuseType(name, "floating-point numbers");
    const [first, ...others] = parts;
    if (first && others.length === 0) return read(first);
    const whole = new Float32Array(sizeOf(shape));
    const filled = new Uint8Array(whole.length);
    for (const part of parts) {
      pasteSlice(await read(part), part, whole, shape);
      pasteSlice(new Uint8Array(sizeOf(part.shape)).fill(1), part, filled, shape);
    }
    if (filled.includes(0)) {
      throw new CheckpointError(
        this.index.source,
        `the slices of the partitioned variable "${name}" overlap and leave gaps; the file is damaged.`,
      );
    }
    return whole;
  }

  /** @throws CheckpointError as {@link floats} does */
  async integers(name: string): Promise<bigint[]> {
    const { type } = this.tensorOf(name);
    const part = this.onlyPart(name);
    return (
      integerValues(type, await this.numberBytes(name, type, part)) ?? this.refuseType(name, "whole numbers")
    );
  }

  /** @throws CheckpointError as {@link floats} does */
  async strings(name: string): Promise<Uint8Array[]> {
    const { type, shape } = this.tensorOf(name);
    if (type !== "string") return this.refuseType(name, "strings");
    const part = this.onlyPart(name);
    const shard = this.shards.get(part.shard)!;
    const bytes = await readAll(shard, part);
    const found = stringsIn(bytes, sizeOf(shape), this.index.bigEndian);
    if (found?.checksum !== part.checksum) return refuseDamaged(shard.name, name);
    return found.strings;
  }

  private tensorOf(name: string): CheckpointTensor {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new CheckpointError(this.index.source, `it has no tensor "${name}".`);
    return tensor;
  }

  /** Only weights are ever partitioned. */
  private onlyPart(name: string): StoredPart {
    const [part, ...others] = this.tensorOf(name).parts;
    if (part && others.length === 0) return part;
    throw new CheckpointError(
      this.index.source,
      `"${name}" is partitioned, which only variables of floating-point numbers can be here.`,
    );
  }

  /** Checked, and little-endian. */
  private async numberBytes(name: string, type: string, part: StoredPart): Promise<Uint8Array> {
    const shard = this.shards.get(part.shard)!;
    const bytes = await readAll(shard, part);
    // Before swapping: the checksum is of the bytes as stored.
    if (maskedCrc32c(bytes) !== part.checksum) return refuseDamaged(shard.name, name);
    if (this.index.bigEndian) swapBytes(bytes, elementBytes(type));
    return bytes;
  }

  private refuseType(name: string, needed: string): never {
    const { type } = this.tensorOf(name);
    throw new CheckpointError(this.index.source, `"${name}" is of type ${type}, where ${needed} are needed.`);
  }
}

async function readAll(shard: ByteSource, { offset, size }: StoredPart): Promise<Uint8Array> {
  const bytes = await shard.read(offset, size);
  if (bytes.length !== size) {
    throw new CheckpointError(
      shard.name,
      `only ${bytes.length} of ${size} bytes at ${offset} could be read; it changed while it was read.`,
    );
  }
  return bytes;
}

function refuseDamaged(file: string, tensor: string): never {
  throw new CheckpointError(
    file,
    `the bytes of "${tensor}" do not match their checksum; the file is damaged, so download it again.`,
  );
}
