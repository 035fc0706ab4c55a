import type { SliceExtent } from "./bundleEntry.js";

/** Stands for a dimension's whole length in keys. */
const wholeDimension = -1;

/**
 * The key under which a slice's own entry is stored, by TensorFlow's ordered code: 0, the tensor's name, the number of
 * dimensions, and the start and length of each.
 *
 * @param name the tensor's key, a character per byte
 */
export function sliceKey(name: string, extents: readonly SliceExtent[]): string {
  const dimensions = extents.flatMap(({ start, length }) => [start, length ?? wholeDimension]);
  return unsigned(0) + text(name) + unsigned(extents.length) + dimensions.map(signed).join("");
}

/** How many bytes the number takes, then those, the highest first. */
function unsigned(value: number): string {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return String.fromCharCode(bytes.length, ...bytes);
}

/** Ends in 0, 1; bytes that could be mistaken for that are escaped. */
function text(value: string): string {
  return `${value.replace(/[\0\xff]/g, (byte) => (byte === "\0" ? "\0\xff" : "\xff\0"))}\0\x01`;
}

/**
 * Two's complement in as many bytes as it needs, with as many of its first bits flipped: they tell the length, and keep
 * codes in the order of their numbers.
 */
function signed(value: number): string {
  const magnitude = value < 0 ? -value - 1 : value;
  let length = 1;
  while (magnitude >= 2 ** (7 * length - 1)) length++;
  const bits = BigInt.asUintN(8 * length, BigInt(value));
  const header = ((1n << BigInt(length)) - 1n) << BigInt(7 * length);
  const code = bits ^ BigInt.asUintN(8 * length, header);
  return Array.from({ length }, (_, index) =>
    String.fromCharCode(Number((code >> BigInt(8 * (length - 1 - index))) & 0xffn)),
  ).join("");
}
