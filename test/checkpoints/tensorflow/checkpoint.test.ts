import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../../src/checkpoints/tensorflow/checkpointError.js";
import { maskedCrc32c } from "../../../src/checkpoints/tensorflow/format/maskedCrc32c.js";
import {
  entryBytes,
  floatTensor,
  headerBytes,
  openWritten,
  tableBytes,
  type WriteSettings,
  writeCheckpoint,
} from "./writeCheckpoint.js";

const text = (string: string) => new TextEncoder().encode(string);
const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes);

const tensors = [
  floatTensor("a/kernel", [2, 3], [1, 2, 3, 4, 5, 6]),
  { ...floatTensor("b", [1], [0.5]), shard: 1 },
  { name: "step", type: 9, shape: [], bytes: bytesOf(0x40, 0xe2, 1, 0, 0, 0, 0, 0) },
  { name: "text", type: 7, shape: [2], strings: [text("scale"), text("permuted")], shard: 1 },
];

describe("a checkpoint", () => {
  it.each<[string, WriteSettings]>([
    ["one shard's stored blocks", { shards: 2 }],
    ["compressed blocks of one entry each", { shards: 2, snappy: true, perBlock: 1 }],
    ["a compressed block of all", { shards: 2, snappy: true, perBlock: 100 }],
  ])("gives numbers, whole numbers and strings of %s", async (_, settings) => {
    const checkpoint = await openWritten(writeCheckpoint(tensors, settings));
    expect([...checkpoint.tensors.keys()]).toEqual(["a/kernel", "b", "step", "text"]);
    expect(checkpoint.tensors.get("a/kernel")).toMatchObject({ type: "float32", shape: [2, 3] });
    expect(await checkpoint.floats("a/kernel")).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect(await checkpoint.floats("b")).toEqual(Float32Array.of(0.5));
    // 0x01e240
    expect(await checkpoint.integers("step")).toEqual([123456n]);
    expect((await checkpoint.strings("text")).map((bytes) => new TextDecoder().decode(bytes))).toEqual([
      "scale",
      "permuted",
    ]);
  });

  it("reads nothing but the index and the tensors asked for", async () => {
    const reads: string[] = [];
    const files = writeCheckpoint([floatTensor("a", [4], [1, 2, 3, 4]), floatTensor("b", [2], [5, 6])]);
    const checkpoint = await openWritten(files, reads);
    await checkpoint.floats("b");
    expect(reads).toEqual([
      `model.index 0 ${files.get("model.index")!.length}`,
      "model.data-00000-of-00001 16 8",
    ]);
  });

  it("gives the numbers of every floating-point type as float32", async () => {
    const of = async (type: number, bytes: Uint8Array) =>
      (await openWritten(writeCheckpoint([{ name: "x", type, shape: [2], bytes }]))).floats("x");
    // 1.5 = 2⁰ × 1.1₂ and −2 in each: sign, exponent, mantissa.
    expect(await of(19, bytesOf(0x00, 0x3e, 0x00, 0xc0))).toEqual(Float32Array.of(1.5, -2));
    expect(await of(14, bytesOf(0xc0, 0x3f, 0x00, 0xc0))).toEqual(Float32Array.of(1.5, -2));
    expect(await of(1, bytesOf(0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0))).toEqual(Float32Array.of(1.5, -2));
    const doubles = bytesOf(0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0);
    expect(await of(2, doubles)).toEqual(Float32Array.of(1.5, -2));
  });

  it("gives int32, and refuses numbers of other types with the type's name", async () => {
    const int32 = { name: "x", type: 3, shape: [2], bytes: bytesOf(1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff) };
    const checkpoint = await openWritten(writeCheckpoint([int32, floatTensor("y", [1], [1])]));
    expect(await checkpoint.integers("x")).toEqual([1n, -1n]);
    await expect(checkpoint.floats("x")).rejects.toThrow(
      'model.index: "x" is of type int32, where floating-point numbers are needed.',
    );
    await expect(checkpoint.integers("y")).rejects.toThrow(
      '"y" is of type float32, where whole numbers are needed.',
    );
    await expect(checkpoint.strings("y")).rejects.toThrow(
      '"y" is of type float32, where strings are needed.',
    );
    await expect(checkpoint.floats("z")).rejects.toThrow('model.index: it has no tensor "z".');
  });

  it("swaps the bytes of a big-endian checkpoint after checking them", async () => {
    const files = writeCheckpoint(
      [
        { name: "x", type: 1, shape: [2], bytes: bytesOf(0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0) },
        { name: "s", type: 7, shape: [1], strings: [text("big")] },
      ],
      { bigEndian: true },
    );
    const checkpoint = await openWritten(files);
    expect(await checkpoint.floats("x")).toEqual(Float32Array.of(1.5, -2));
    expect(await checkpoint.strings("s")).toEqual([text("big")]);
  });

  it("joins a partitioned variable's slices", async () => {
    const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
    const whole = { start: 0, length: null };
    const sliced = (...slices: [start: number, length: number, bytes: Uint8Array][]) => ({
      name: "embedding",
      type: 1,
      shape: [2, 3],
      slices: slices.map(([start, length, bytes]) => ({ extents: [whole, { start, length }], bytes })),
    });
    // Columns 0 and 1, then column 2: rows 1 2 | 3 and 4 5 | 6.
    const files = writeCheckpoint([sliced([0, 2, floats(1, 2, 4, 5)], [2, 1, floats(3, 6)])]);
    const checkpoint = await openWritten(files);
    expect([...checkpoint.tensors.keys()]).toEqual(["embedding"]);
    expect(await checkpoint.floats("embedding")).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    const steps = { ...sliced([0, 2, floats(1, 2, 4, 5)], [2, 1, floats(3, 6)]), name: "steps", type: 3 };
    const whole32 = await openWritten(writeCheckpoint([steps]));
    await expect(whole32.integers("steps")).rejects.toThrow(
      'model.index: "steps" is partitioned, which only variables of floating-point numbers can be here.',
    );
    const missing = writeCheckpoint([sliced([0, 2, floats(1, 2, 4, 5)])]);
    await expect(openWritten(missing)).rejects.toThrow(
      'model.index: the partitioned variable "embedding" has slices of 4 elements for its 6; the file is damaged.',
    );
    const overlapping = await openWritten(
      writeCheckpoint([sliced([0, 2, floats(1, 2, 4, 5)], [1, 1, floats(3, 6)])]),
    );
    await expect(overlapping.floats("embedding")).rejects.toThrow(
      'the slices of the partitioned variable "embedding" overlap and leave gaps; the file is damaged.',
    );
  });
});

describe("a damaged checkpoint", () => {
  const files = writeCheckpoint(tensors, { shards: 2 });
  const index = files.get("model.index")!;
  const withIndex = (bytes: Uint8Array) => openWritten(new Map(files).set("model.index", bytes));
  const refusal = async (opened: Promise<unknown>): Promise<string> => {
    const error = await opened.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(CheckpointError);
    return (error as CheckpointError).message;
  };

  it("is refused where a shard is cut, with how much of it there is", async () => {
    const name = "model.data-00000-of-00002";
    const cut = new Map(files).set(name, files.get(name)!.subarray(0, 31));
    // Six float32 and an int64.
    expect(await refusal(openWritten(cut))).toBe(
      `${name}: this download is cut: 31 of 32 bytes; download it again.`,
    );
  });

  it("is refused where a shard is missing, or the header counts another number of them", async () => {
    const without = new Map(files);
    without.delete("model.data-00001-of-00002");
    expect(await refusal(openWritten(without))).toBe(
      "model.index: its tensors are in model.data-00001-of-00002, which is missing; a checkpoint's .index and .data files belong together.",
    );
    const three = writeCheckpoint(tensors, { shards: 2, header: headerBytes(3) }).get("model.index")!;
    expect(await refusal(withIndex(three))).toContain("its tensors are in model.data-00000-of-00003");
    const one = writeCheckpoint(tensors, { shards: 2, header: headerBytes(1) }).get("model.index")!;
    expect(await refusal(withIndex(one))).toBe(
      'model.index: its entry "b" is in shard 1, but its header names 1; the file is damaged.',
    );
    const none = writeCheckpoint(tensors, { shards: 2, header: headerBytes(0) }).get("model.index")!;
    expect(await refusal(withIndex(none))).toContain("its header names 0 shards");
    const newer = writeCheckpoint(tensors, { shards: 2, header: headerBytes(2, false, 7) }).get(
      "model.index",
    )!;
    expect(await refusal(withIndex(newer))).toContain(
      "it needs a reader of version 7; this one is of version 1.",
    );
  });

  it("is refused where a tensor's bytes are not those that were written", async () => {
    const name = "model.data-00000-of-00002";
    const flipped = files.get(name)!.slice();
    flipped[5]! ^= 1;
    const checkpoint = await openWritten(new Map(files).set(name, flipped));
    expect(await refusal(checkpoint.floats("a/kernel"))).toBe(
      `${name}: the bytes of "a/kernel" do not match their checksum; the file is damaged, so download it again.`,
    );
    const strings = "model.data-00001-of-00002";
    for (const at of [4, 5, 10, 20]) {
      const damaged = files.get(strings)!.slice();
      damaged[at]! ^= 1;
      const opened = await openWritten(new Map(files).set(strings, damaged));
      expect(await refusal(opened.strings("text"))).toContain(
        'the bytes of "text" do not match their checksum',
      );
    }
  });

  it("is refused where its index is cut anywhere, or a bit of it is flipped", async () => {
    for (let length = 0; length < index.length; length++) await refusal(withIndex(index.subarray(0, length)));
    let opened = 0;
    for (let at = 0; at < index.length - 48; at++) {
      const flipped = index.slice();
      flipped[at]! ^= 1 << (at % 8);
      await withIndex(flipped).then(
        () => opened++,
        (error: unknown) => expect(error).toBeInstanceOf(CheckpointError),
      );
    }
    // An empty block of metadata, which is not read: a restart, their number, its type and checksum.
    expect(opened).toBe(4 + 4 + 1 + 4);
  });

  it("is refused if it is another file, or another program's table", async () => {
    expect(await refusal(withIndex(new Uint8Array(100)))).toBe(
      "model.index: its last bytes are not those of a checkpoint index; it is cut, or another kind of file.",
    );
    expect(await refusal(withIndex(new Uint8Array(10)))).toBe(
      "model.index: it has 10 bytes, fewer than the 48 at the end of each checkpoint index.",
    );
    const other = tableBytes(new Map([["user/1", text("Ada")]]));
    expect(await refusal(withIndex(other))).toBe(
      "model.index: it is a sorted table, but of another program: the header of a TensorFlow checkpoint is missing.",
    );
  });

  it("is refused where a block reaches beyond the file, or claims to unpack to more than it can", async () => {
    const far = index.slice();
    // The footer's handles: the second is the index block's; its size becomes 2⁶³.
    const footer = far.length - 48;
    far.set([0, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], footer);
    expect(await refusal(withIndex(far))).toContain("reach beyond the file's");
    const block = bytesOf(0xff, 0xff, 0xff, 0xff, 0x0f, 0);
    const typed = Uint8Array.of(...block, 1);
    const bomb = new Uint8Array(typed.length + 4 + 48);
    bomb.set(typed);
    const view = new DataView(bomb.buffer);
    view.setUint32(typed.length, maskedCrc32c(typed), true);
    bomb.set([0, 0, 0, block.length], typed.length + 4);
    view.setBigUint64(bomb.length - 8, 0xdb4775248b80fb57n, true);
    expect(await refusal(withIndex(bomb))).toContain(
      "claims to hold 4294967295 bytes, more than 6 compressed ones can.",
    );
  });

  it("is refused where entries contradict themselves or one another", async () => {
    const opened = (entries: Record<string, Uint8Array>) =>
      withIndex(tableBytes(new Map([["", headerBytes(2)], ...Object.entries(entries)])));
    const entry = { type: 1, shape: [2], size: 8 };
    expect(await refusal(opened({ x: entryBytes({ ...entry, shape: [3] }) }))).toBe(
      'model.index: its entry "x" has 8 bytes for float32 of shape 3, which takes 12; the file is damaged.',
    );
    expect(await refusal(opened({ x: entryBytes({ ...entry, shape: [-2] }) }))).toContain(
      "has a place or shape that no tensor has",
    );
    expect(await refusal(opened({ x: entryBytes({ ...entry, offset: -8 }) }))).toContain(
      "has a place or shape that no tensor has",
    );
    expect(await refusal(opened({ x: entryBytes(entry), y: entryBytes({ ...entry, offset: 4 }) }))).toBe(
      'model.index: "x" and "y" are at the same bytes; the file is damaged.',
    );
    expect(await refusal(opened({ x: bytesOf(0xff, 0xff) }))).toContain('its entry "x" cannot be decoded');
    expect(await refusal(opened({ "\xff": entryBytes(entry) }))).toContain("is not UTF-8 text");
  });
});
