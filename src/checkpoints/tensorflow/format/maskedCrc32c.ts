import crc32c from "crc-32/crc32c.js";

/**
 * The checksum that TensorFlow stores: CRC-32C, rotated and shifted by a constant, so that the checksum of data that
 * holds checksums stays a good one.
 *
 * @param parts one after the other, as if joined
 */
export function maskedCrc32c(...parts: readonly Uint8Array[]): number {
  const crc = parts.reduce((seed, part) => crc32c.buf(part, seed), 0);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
