import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Float16Array } from "@petamoriken/float16";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsFile,
} from "../../src/checkpoints/safetensors.js";

const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const tensor = (value: fc.Arbitrary<number>) =>
  shape.chain((sides) => {
    const length = sides.reduce((product, side) => product * side, 1);
    return fc
      .array(value, { minLength: length, maxLength: length })
      .map((values) => ({ shape: sides, values: Float32Array.from(values) }));
  });
const name = fc
  .oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom("__proto__", "constructor", "1", "0", "a/b"),
  )
  .filter((text) => text !== "__metadata__");
const file = (value: fc.Arbitrary<number>): fc.Arbitrary<SafetensorsFile> =>
  fc.record({
    tensors: fc
      .uniqueArray(fc.tuple(name, tensor(value)), { selector: ([key]) => key, maxLength: 5 })
      .map((all) => new Map(all)),
    metadata: fc.dictionary(
      fc.string().filter((key) => !/^(__proto__|constructor|prototype)$/.test(key)),
      fc.string(),
    ),
  });

/** A file with this header, given as JSON text, and this many bytes of zeros behind it. */
function fileOf(header: string, dataBytes: number, { claimed = Buffer.byteLength(header) } = {}): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(claimed));
  return Buffer.concat([length, Buffer.from(header), Buffer.alloc(dataBytes)]);
}

const entry = (dtype: string, sides: number[], begin: number, end: number) => ({
  dtype,
  shape: sides,
  data_offsets: [begin, end],
});

describe("a safetensors file", () => {
  it("gives back names, shapes, every bit of float32 and metadata", () => {
    fc.assert(
      fc.property(file(fc.float()), (whole) => {
        const read = decodeSafetensors(encodeSafetensors(whole, "F32"), "f");
        expect([...read.tensors.keys()].sort()).toEqual([...whole.tensors.keys()].sort());
        for (const [key, { shape, values }] of whole.tensors) {
          expect(read.tensors.get(key)!.shape).toEqual(shape);
          expect(read.tensors.get(key)!.values).toEqual(values);
        }
        expect(read.metadata).toEqual({ ...whole.metadata });
      }),
    );
  });

  it("rounds float16 to the nearest, which is then exact", () => {
    fc.assert(
      fc.property(file(fc.float({ min: -65504, max: 65504, noNaN: true })), (whole) => {
        const bytes = encodeSafetensors(whole, "F16");
        const read = decodeSafetensors(bytes, "f");
        for (const [key, { values }] of whole.tensors) {
          expect(read.tensors.get(key)!.values).toEqual(Float32Array.from(new Float16Array(values)));
        }
        expect(encodeSafetensors(read, "F16")).toEqual(bytes);
      }),
    );
  });

  it("rounds float16 to 11 bits, ties to even", () => {
    // 2049 and 2051 lie between 2048, 2050 and 2052; of a tie the even neighbour wins: 1024 × 2 and 1026 × 2.
    const values = Float32Array.from([2049, 2051, 2050.9, 0.1, 2 ** -25]);
    const whole = { tensors: new Map([["t", { shape: [5], values }]]), metadata: {} };
    const read = decodeSafetensors(encodeSafetensors(whole, "F16"), "f");
    expect([...read.tensors.get("t")!.values]).toEqual([2048, 2052, 2050, 0.0999755859375, 0]);
  });

  it("is laid out as the format says, byte for byte", () => {
    const whole = {
      tensors: new Map([["t", { shape: [1, 2], values: Float32Array.from([1, -2]) }]]),
      metadata: { k: "v" },
    };
    const json = '{"__metadata__":{"k":"v"},"t":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}';
    // 82 characters, padded by spaces to 88; 1 and −2 are 0x3f800000 and 0xc0000000, lowest byte first.
    expect(Buffer.from(encodeSafetensors(whole, "F32"))).toEqual(
      Buffer.from([
        88,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        ...Buffer.from(json.padEnd(88)),
        0,
        0,
        0x80,
        0x3f,
        0,
        0,
        0,
        0xc0,
      ]),
    );
  });

  it("is read as Python's library wrote it (test/reference/tensors.py)", async () => {
    const path = fileURLToPath(new URL("../reference/tensors.safetensors", import.meta.url));
    const { tensors, metadata } = decodeSafetensors(await readFile(path), path);
    expect(metadata).toEqual({ model: "{}", µ: "ß" });
    expect([...tensors.keys()].sort()).toEqual(["halves", "matrix", "nothing", "scalar"]);
    const told = (key: string) => [tensors.get(key)!.shape, [...tensors.get(key)!.values]];
    // 3e-30 as float32, and 16777217 = 2^24 + 1, which float32 rounds to 2^24.
    expect(told("matrix")).toEqual([
      [2, 3],
      [1.5, -2.25, 3.0000000095132306e-30, 0, -0, 16777216],
    ]);
    expect(told("halves")).toEqual([[4], [0.0999755859375, 65504, 2 ** -24, -0.333251953125]]);
    expect(told("scalar")).toEqual([[], [7]]);
    expect(told("nothing")).toEqual([[0, 3], []]);
  });

  it("is read from a Buffer that shares its memory with others, at any address", () => {
    const values = Float32Array.from([1, 2, 3]);
    const bytes = encodeSafetensors(
      { tensors: new Map([["t", { shape: [3], values }]]), metadata: {} },
      "F32",
    );
    for (const offset of [0, 1, 3]) {
      const shared = Buffer.concat([Buffer.alloc(offset, 7), bytes, Buffer.alloc(5, 7)]);
      const view = shared.subarray(offset, offset + bytes.length);
      expect(decodeSafetensors(view, "f").tensors.get("t")!.values).toEqual(values);
    }
  });

  it("is refused when cut short anywhere", () => {
    const tensors = new Map([["t", { shape: [2], values: Float32Array.from([1, 2]) }]]);
    const bytes = encodeSafetensors({ tensors, metadata: { k: "v" } }, "F32");
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length), "cut.safetensors")).toThrow(
        /^cut\.safetensors: .*\. It is not a complete safetensors file; download it again\.$/,
      );
    }
  });

  it("is refused, or read whole, but never breaks the reader, when any byte is another", () => {
    const tensors = new Map([["t", { shape: [2], values: Float32Array.from([1, 2]) }]]);
    const bytes = encodeSafetensors({ tensors, metadata: { k: "v" } }, "F32");
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (position, value) => {
        const damaged = bytes.slice();
        damaged[position] = value;
        try {
          decodeSafetensors(damaged, "f");
        } catch (error) {
          expect((error as Error).message).toMatch(
            /^f: (.*download it again\.|this is not a safetensors file; .*\.)$/s,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  const lies: [what: string, header: unknown, dataBytes: number, message: string][] = [
    ["offsets past the end", { t: entry("F32", [2], 0, 8) }, 4, 'tensor "t" ends at byte 8 of 4'],
    ["a gap", { t: entry("F32", [1], 4, 8) }, 8, 'tensor "t" begins at byte 4, where 0 is next'],
    [
      "an overlap",
      { t: entry("F32", [2], 0, 8), u: entry("F32", [1], 4, 8) },
      8,
      'tensor "u" begins at byte 4, where 8 is next',
    ],
    [
      "an unknown type",
      { t: entry("BF16", [1], 0, 2) },
      2,
      'tensor "t" is of type BF16; F32 and F16 can be read',
    ],
    [
      "offsets that do not fit the shape",
      { t: entry("F32", [3], 0, 8) },
      8,
      'tensor "t" of shape 3 needs 12 bytes, its offsets hold 8',
    ],
    ["a size that wraps round", { t: entry("F32", [2 ** 40, 2 ** 40], 0, 8) }, 8, 'tensor "t" of shape'],
    ["an end before its begin", { t: entry("F32", [1], 0, -4) }, 8, 'tensor "t" of shape 1 needs 4 bytes'],
    ["bytes after the last tensor", { t: entry("F32", [1], 0, 4) }, 7, "3 bytes follow the last tensor"],
    [
      "a negative side",
      { t: entry("F32", [-1, -1], 0, 4) },
      4,
      'entry "t" needs dtype, shape and data_offsets',
    ],
    ["half a side", { t: entry("F32", [0.5, 2], 0, 4) }, 4, 'entry "t" needs dtype, shape and data_offsets'],
    ["an entry without a type", { t: { shape: [1], data_offsets: [0, 4] } }, 4, 'entry "t" needs dtype'],
    ["an entry that is null", { t: null }, 0, 'entry "t" needs dtype'],
    ["metadata that is no text", { __metadata__: { k: 1 } }, 0, "__metadata__ must hold strings only"],
    ["a list for a header", [], 0, "this is not a safetensors file"],
  ];
  it.each(lies)("is refused with %s", (_, header, dataBytes, message) => {
    expect(() => decodeSafetensors(fileOf(JSON.stringify(header), dataBytes), "lie.safetensors")).toThrow(
      new RegExp(`^lie\\.safetensors: .*${message.replace(/[()]/g, "\\$&")}`),
    );
  });

  it("is refused with a header length beyond the file", () => {
    for (const claimed of [3, 100_000_000]) {
      expect(() => decodeSafetensors(fileOf("{}", 0, { claimed }), "f")).toThrow(
        `f: its header claims ${claimed} bytes, but 2 follow`,
      );
    }
  });

  it("is read where its header's length happens to be another kind's first bytes", () => {
    // 0x8b1f, gzip's first two bytes read as a number.
    const padded = fileOf("{}".padEnd(0x8b1f), 0);
    expect([...padded.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    expect(decodeSafetensors(padded, "f").tensors.size).toBe(0);
  });

  const ascii = (text: string) => new TextEncoder().encode(text);
  it.each([
    [
      "a JPEG",
      Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0),
      "it looks like a JPEG image.",
    ],
    ["a PNG", Uint8Array.of(0x89, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13), "it looks like a PNG image."],
    ["a WebP", ascii("RIFF\x10\0\0\0WEBPVP8 "), "it looks like a WebP image."],
    ["another file in a RIFF", ascii("RIFF\x10\0\0\0WAVEfmt "), "give a .safetensors file"],
    ["gzip, cut within its header", Uint8Array.of(0x1f, 0x8b, 8), "it looks like a gzip archive."],
    ["text", ascii("Trained weights are on the page."), "give a .safetensors file"],
    ["JSON, whose ninth character is a brace", ascii('{"id": 1{'), "give a .safetensors file"],
    ["a header longer than the format allows", fileOf("{}", 0, { claimed: 100_000_001 }), "give a .safe"],
  ])("is said to be none at all where it is %s", (_, bytes, hint) => {
    expect(() => decodeSafetensors(bytes, "f")).toThrow(`f: this is not a safetensors file; ${hint}`);
  });

  it("is refused with a header that is not UTF-8 or not JSON", () => {
    expect(() => decodeSafetensors(fileOf('{"a":', 0), "f")).toThrow("f: its header is not JSON (");
    // The JavaScript engine quotes what it could not read, terminal escapes and all.
    expect(() => decodeSafetensors(fileOf('{"a": \u001b[2J\u0000}', 0), "f")).toThrow(/^\P{Cc}+$/u);
    const invalid = fileOf("{}", 0);
    invalid[9] = 0xff;
    expect(() => decodeSafetensors(invalid, "f")).toThrow(
      "f: its header is not UTF-8 text. It is not a complete",
    );
  });

  it("is not written of numbers that do not fill their shape, or that float16 cannot hold", () => {
    const whole = (sides: number[], values: number[]) => ({
      tensors: new Map([["t", { shape: sides, values: Float32Array.from(values) }]]),
      metadata: {},
    });
    expect(() => encodeSafetensors(whole([2, 2], [1]), "F32")).toThrow(
      'Tensor "t" has 1 numbers for the shape 2×2.',
    );
    expect(() => encodeSafetensors(whole([2], [1, -7e4]), "F16")).toThrow(
      'Tensor "t" holds -70000, too large for float16; store it as float32.',
    );
  });

  it("has no tensor of the metadata's name", () => {
    const tensors = new Map([["__metadata__", { shape: [], values: Float32Array.of(1) }]]);
    expect(() => encodeSafetensors({ tensors, metadata: {} }, "F32")).toThrow(
      'No tensor can be named "__metadata__"',
    );
  });
});
