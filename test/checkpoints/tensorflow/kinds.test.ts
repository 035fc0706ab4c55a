import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { withCheckpoint } from "../../../loaders/checkpoints/withCheckpoint.js";
import type { Checkpoint } from "../../../src/checkpoints/tensorflow/checkpoint.js";
import { openWritten } from "./writeCheckpoint.js";

const folder = "test/reference/tensorflow";

/** Written by TensorFlow itself; kinds.py beside it has the values. */
describe("a checkpoint of TensorFlow's own, with every kind of tensor in two shards", () => {
  let checkpoint: Checkpoint;
  beforeAll(async () => {
    const names = ["kinds.index", "kinds.data-00000-of-00002", "kinds.data-00001-of-00002"];
    const files = await Promise.all(
      names.map(
        async (name) => [name.replace("kinds", "model"), await readFile(`${folder}/${name}`)] as const,
      ),
    );
    checkpoint = await openWritten(new Map(files));
  });

  it("gives the numbers of every type", async () => {
    expect(await checkpoint.floats("float32")).toEqual(Float32Array.of(1.5, -2, 3, 0.1));
    expect(await checkpoint.floats("float16")).toEqual(Float32Array.of(1.5, -2, 65504));
    // 3e38 = 1.7632 × 2¹²⁷, of which bfloat16 keeps seven bits after the point: 226 / 128 = 1.765625.
    expect(await checkpoint.floats("bfloat16")).toEqual(Float32Array.of(1.5, -2, 1.765625 * 2 ** 127));
    expect(await checkpoint.integers("int32")).toEqual([1n, -1n, 2n ** 31n - 1n]);
    expect(await checkpoint.integers("int64")).toEqual([1n, -1n, 2n ** 53n + 1n]);
  });

  it("gives strings", async () => {
    const strings = await checkpoint.strings("string");
    expect(strings.map((bytes) => new TextDecoder().decode(bytes))).toEqual([
      "scale",
      "",
      "permuted".repeat(20),
    ]);
  });

  it("joins a partitioned variable", async () => {
    const { shape, parts } = checkpoint.tensors.get("partitioned")!;
    expect(shape).toEqual([150, 2]);
    expect(parts.map(({ start, shape: slice }) => [start, slice])).toEqual([
      [
        [0, 0],
        [50, 2],
      ],
      [
        [50, 0],
        [50, 2],
      ],
      [
        [100, 0],
        [50, 2],
      ],
    ]);
    expect(await checkpoint.floats("partitioned")).toEqual(
      Float32Array.from({ length: 300 }, (_, index) => index),
    );
  });

  it("is read from disk by its prefix", async () => {
    const values = await withCheckpoint(`${folder}/kinds`, (opened) => opened.floats("float16"));
    expect(values).toEqual(Float32Array.of(1.5, -2, 65504));
  });
});
