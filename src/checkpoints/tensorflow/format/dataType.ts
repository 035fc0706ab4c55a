import { fromFloat16Bits } from "../../float16.js";

interface DataType {
  readonly name: string;
  /** Of one element; null where elements differ in size. */
  readonly bytes: number | null;
}

/** TensorFlow's `DataType`, by number; those of quantised and resource tensors are left out. */
const dataTypes: ReadonlyMap<number, DataType> = new Map([
  [1, { name: "float32", bytes: 4 }],
  [2, { name: "float64", bytes: 8 }],
  [3, { name: "int32", bytes: 4 }],
  [4, { name: "uint8", bytes: 1 }],
  [5, { name: "int16", bytes: 2 }],
  [6, { name: "int8", bytes: 1 }],
  [7, { name: "string", bytes: null }],
  [8, { name: "complex64", bytes: 8 }],
  [9, { name: "int64", bytes: 8 }],
  [10, { name: "bool", bytes: 1 }],
  [14, { name: "bfloat16", bytes: 2 }],
  [17, { name: "uint16", bytes: 2 }],
  [18, { name: "complex128", bytes: 16 }],
  [19, { name: "float16", bytes: 2 }],
  [22, { name: "uint32", bytes: 4 }],
  [23, { name: "uint64", bytes: 8 }],
]);

/** A tensor's type by its number in the file. */
export function dataTypeOf(number: number): DataType {
  return dataTypes.get(number) ?? { name: `type ${number}`, bytes: null };
}

/** How many bytes one element takes, by the type's name; 1 where elements differ in size. */
export function elementBytes(name: string): number {
  return [...dataTypes.values()].find((type) => type.name === name)?.bytes ?? 1;
}

/** Swaps the bytes of each element in place: the file is big-endian. */
export function swapBytes(bytes: Uint8Array, elementBytes: number): void {
  for (let start = 0; start < bytes.length; start += elementBytes) {
    bytes.subarray(start, start + elementBytes).reverse();
  }
}

/** Numbers of a floating-point type as float32, from little-endian bytes; null for any other type. */
export function float32Values(type: string, bytes: Uint8Array): Float32Array | null {
  switch (type) {
    case "float32":
      return new Float32Array(alignedBuffer(bytes));
    case "float64":
      return Float32Array.from(new Float64Array(alignedBuffer(bytes)));
    case "float16":
      return fromFloat16Bits(new Uint16Array(alignedBuffer(bytes)));
    case "bfloat16":
      return fromBfloat16(bytes);
    default:
      return null;
  }
}

/** The bytes alone in a buffer, which typed arrays can view whatever their address was; copied only where needed. */
function alignedBuffer(bytes: Uint8Array): ArrayBufferLike {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return whole ? bytes.buffer : new Uint8Array(bytes).buffer;
}

/** Whole numbers of any of the integer types, from little-endian bytes; null for any other type. */
export function integerValues(type: string, bytes: Uint8Array): bigint[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case "int32":
      return Array.from({ length: bytes.length / 4 }, (_, index) => BigInt(view.getInt32(index * 4, true)));
    case "int64":
      return Array.from({ length: bytes.length / 8 }, (_, index) => view.getBigInt64(index * 8, true));
    default:
      return null;
  }
}

/** A bfloat16 is the upper half of a float32. */
function fromBfloat16(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = Uint32Array.from(
    { length: bytes.length / 2 },
    (_, index) => view.getUint16(index * 2, true) << 16,
  );
  return new Float32Array(bits.buffer);
}
