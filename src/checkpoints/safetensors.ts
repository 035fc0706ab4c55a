import * as v from "valibot";
import { sizeOf } from "../architecture/layers/tensors.js";
import { count, wholeNumber } from "../architecture/model/numbers.js";
import { shownText } from "../text/shownText.js";
import { fileKindOf } from "./fileKind.js";
import { fromFloat16Bits, toFloat16Bits } from "./float16.js";

export type StoredType = "F32" | "F16";

export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** How this tensor is to be written, where that differs from the rest of its file. */
  readonly type?: StoredType;
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const bytesOf: Record<StoredType, number> = { F32: 4, F16: 2 };

const entrySchema = v.object({
  dtype: v.string(),
  shape: v.array(count),
  data_offsets: v.tuple([count, wholeNumber]),
});
const metadataSchema = v.record(v.string(), v.string());

const metadataKey = "__metadata__";

/** In bytes, as the format's own reader allows. */
const longestHeader = 100_000_000;

const openingBrace = 0x7b;

/** A tensor as its bytes in a file. */
export interface PackedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: StoredType;
  readonly bytes: Uint8Array;
}

/**
 * A tensor's bytes as they are stored. As float32 they are its values' own memory.
 *
 * @param type How numbers are stored, unless the tensor says otherwise; "F16" rounds to 11 bits of precision.
 * @throws Error naming a tensor whose numbers do not fill its shape or do not fit the type
 */
export function packTensor(name: string, tensor: StoredTensor, type: StoredType): PackedTensor {
  const { shape, values, type: stored = type } = tensor;
  if (values.length !== sizeOf(shape)) {
    throw new Error(`Tensor "${name}" has ${values.length} numbers for the shape ${shape.join("×")}.`);
  }
  return { name, shape, type: stored, bytes: bytesIn(values, stored, name) };
}

/**
 * A safetensors file in the parts it is written in: eight bytes of header length with a JSON header padded to eight
 * bytes, then each tensor's bytes.
 *
 * @throws Error if a tensor has the name of the format's own
 */
export function safetensorsParts(
  tensors: readonly PackedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  // Without a prototype, so that a tensor may have any name, such as "constructor".
  const entries: Record<string, unknown> = Object.assign(Object.create(null), { [metadataKey]: metadata });
  // Wider numbers first, so that each tensor starts at a multiple of its numbers' size.
  const ordered = [...tensors].sort((a, b) => bytesOf[b.type] - bytesOf[a.type]);
  let offset = 0;
  for (const { name, shape, type, bytes } of ordered) {
    if (name === metadataKey) throw new Error(`No tensor can be named "${name}": the header's metadata is.`);
    const end = offset + bytes.length;
    entries[name] = { dtype: type, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const encoded = new TextEncoder().encode(JSON.stringify(entries));
  const length = Math.ceil(encoded.length / 8) * 8;
  const header = new Uint8Array(8 + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(encoded, 8);
  return [header, ...ordered.map(({ bytes }) => bytes)];
}

/**
 * Writes a safetensors file.
 *
 * @param type How numbers are stored; "F16" halves the file and rounds to 11 bits of precision.
 * @throws Error as {@link packTensor} and {@link safetensorsParts} do
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsFile, type: StoredType): Uint8Array {
  const packed = [...tensors].map(([name, tensor]) => packTensor(name, tensor, type));
  return joined(safetensorsParts(packed, metadata));
}

/** One array with the bytes of all parts. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const part of parts) {
    file.set(part, position);
    position += part.length;
  }
  return file;
}

/** Halfway between float16's largest number, 65504, and the next one if there were one. */
const roundsToInfinity = 65520;

/** Whether all of these numbers are within float16's range. */
export function fitsFloat16(values: Float32Array): boolean {
  // Not by every(), whose call per number takes most of the time of storing a network.
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(values[index]!);
    if (size >= roundsToInfinity && size < Number.POSITIVE_INFINITY) return false;
  }
  return true;
}

function bytesIn(values: Float32Array, type: StoredType, name: string): Uint8Array {
  if (type === "F32") return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (!fitsFloat16(values)) {
    const lost = values.find((value) => !fitsFloat16(Float32Array.of(value)));
    throw new Error(`Tensor "${name}" holds ${lost}, too large for float16; store it as float32.`);
  }
  const halves = toFloat16Bits(values);
  return new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength);
}

/**
 * Reads a safetensors file of float32 or float16 tensors; values come out as float32.
 *
 * @param source The file's name, for messages.
 * @throws Error naming the source and what is wrong: not a safetensors file, cut short, a header with wrong sizes, an unknown
 *   type.
 */
export function decodeSafetensors(file: Uint8Array, source: string): SafetensorsFile {
  const refuse = (what: string): never => {
    throw new Error(`${source}: ${what}. It is not a complete safetensors file; download it again.`);
  };
  if (file.length < 8) {
    return fileKindOf(file)
      ? refuseOther(file, source)
      : refuse(`it has ${file.length} bytes, fewer than a header's length takes`);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  // The format fixes the header's first byte; one that is missing may have been cut off.
  if (headerLength > longestHeader || (file[8] ?? openingBrace) !== openingBrace) {
    return refuseOther(file, source);
  }
  if (headerLength > file.length - 8) {
    return refuse(`its header claims ${headerLength} bytes, but ${file.length - 8} follow`);
  }
  const entries = new Map(headerIn(file.subarray(8, 8 + headerLength), refuse));
  const metadata = entries.get(metadataKey) ?? {};
  entries.delete(metadataKey);
  const parsedMetadata = v.safeParse(metadataSchema, metadata);
  if (!parsedMetadata.success) return refuse("the header's __metadata__ must hold strings only");
  const data = file.subarray(8 + headerLength);
  return { tensors: tensorsIn(data, entries, refuse), metadata: parsedMetadata.output };
}

function tensorsIn(
  data: Uint8Array,
  entries: ReadonlyMap<string, unknown>,
  refuse: (what: string) => never,
): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  let expected = 0;
  for (const [name, entry] of sortedByOffset(entries, refuse)) {
    const [begin, end] = entry.data_offsets;
    if (begin !== expected)
      return refuse(`tensor "${shownText(name)}" begins at byte ${begin}, where ${expected} is next`);
    const type = entry.dtype;
    if (type !== "F32" && type !== "F16") {
      return refuse(`tensor "${shownText(name)}" is of type ${shownText(type)}; F32 and F16 can be read`);
    }
    const size = sizeOf(entry.shape) * bytesOf[type];
    if (end - begin !== size) {
      return refuse(
        `tensor "${shownText(name)}" of shape ${shownText(entry.shape.join("×"))} needs ${size} bytes, its offsets hold ${end - begin}`,
      );
    }
    if (end > data.length) return refuse(`tensor "${shownText(name)}" ends at byte ${end} of ${data.length}`);
    tensors.set(name, { shape: entry.shape, values: valuesIn(data.subarray(begin, end), type) });
    expected = end;
  }
  if (expected !== data.length) return refuse(`${data.length - expected} bytes follow the last tensor`);
  return tensors;
}

function refuseOther(file: Uint8Array, source: string): never {
  const kind = fileKindOf(file);
  const hint = kind ? `it looks like ${kind.name}` : 'give a .safetensors file, such as "train" writes';
  throw new Error(`${source}: this is not a safetensors file; ${hint}.`);
}

function headerIn(bytes: Uint8Array, refuse: (what: string) => never): [string, unknown][] {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("its header is not UTF-8 text");
  }
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    return refuse(
      `its header is not JSON (${shownText(error instanceof Error ? error.message : String(error), 120)})`,
    );
  }
  // Not by a valibot record, which leaves out names such as "constructor".
  return typeof header === "object" && header !== null && !Array.isArray(header)
    ? Object.entries(header)
    : refuse("its header is not a JSON object");
}

function sortedByOffset(
  entries: ReadonlyMap<string, unknown>,
  refuse: (what: string) => never,
): [string, v.InferOutput<typeof entrySchema>][] {
  return [...entries]
    .map(([name, entry]): [string, v.InferOutput<typeof entrySchema>] => {
      const parsed = v.safeParse(entrySchema, entry);
      if (!parsed.success)
        return refuse(`the header's entry "${shownText(name)}" needs dtype, shape and data_offsets`);
      return [name, parsed.output];
    })
    .sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
}

function valuesIn(bytes: Uint8Array, type: StoredType): Float32Array {
  // Copied first: a tensor may begin at an odd address, which typed arrays refuse. Not by slice, which in Node's
  // Buffer, what a file is read into, gives a view of the whole file.
  const { buffer } = new Uint8Array(bytes);
  return type === "F32" ? new Float32Array(buffer) : fromFloat16Bits(new Uint16Array(buffer));
}
