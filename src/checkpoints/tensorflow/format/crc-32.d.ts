declare module "crc-32/crc32c.js" {
  const crc32c: {
    /** CRC-32C as a signed number; `seed` is that of the bytes before. */
    buf(data: Uint8Array, seed?: number): number;
  };
  export default crc32c;
}
