import { BinaryReader } from "@bufbuild/protobuf/wire";
import { maskedCrc32c } from "./maskedCrc32c.js";

const largestUint32 = 2 ** 32 - 1;

/**
 * The strings in a string tensor's bytes: the length of each, a checksum of the lengths, then the strings.
 *
 * @returns with the checksum of the whole, for comparison; null if these are not the bytes of so many strings
 */
export function stringsIn(
  bytes: Uint8Array,
  count: number,
  bigEndian: boolean,
): { readonly strings: Uint8Array[]; readonly checksum: number } | null {
  // A length takes at least a byte.
  if (count > bytes.length) return null;
  const reader = new BinaryReader(bytes);
  let lengths: number[];
  try {
    lengths = Array.from({ length: count }, () => Number(reader.uint64()));
  } catch {
    return null;
  }
  const checksumAt = reader.pos;
  let start = checksumAt + 4;
  if (start + lengths.reduce((sum, length) => sum + length, 0) !== bytes.length) return null;
  const strings = lengths.map((length) => {
    start += length;
    return bytes.subarray(start - length, start);
  });
  // The lengths are summed as fixed integers, though stored as variable ones; then all that follows them.
  return { strings, checksum: maskedCrc32c(fixedIntegers(lengths, !bigEndian), bytes.subarray(checksumAt)) };
}

function fixedIntegers(lengths: readonly number[], littleEndian: boolean): Uint8Array {
  const sizes = lengths.map((length) => (length > largestUint32 ? 8 : 4));
  const view = new DataView(new ArrayBuffer(sizes.reduce((sum, size) => sum + size, 0)));
  let offset = 0;
  lengths.forEach((length, index) => {
    if (sizes[index] === 8) view.setBigUint64(offset, BigInt(length), littleEndian);
    else view.setUint32(offset, length, littleEndian);
    offset += sizes[index]!;
  });
  return new Uint8Array(view.buffer);
}
