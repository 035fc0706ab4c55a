/** An image file whose header claims another size, which is all that a reader knows before it decodes. */
export function withSize(
  file: Buffer,
  format: "jpeg" | "png" | "webp",
  width: number,
  height: number,
): Buffer {
  const bytes = Buffer.from(file);
  if (format === "png") {
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  } else if (format === "jpeg") {
    // The baseline frame's segment: marker, length, precision, height, width (ITU T.81, annex B.2.2).
    const frame = bytes.indexOf(Buffer.of(0xff, 0xc0));
    bytes.writeUInt16BE(height, frame + 5);
    bytes.writeUInt16BE(width, frame + 7);
  } else {
    // The lossy bitstream: 14 bits each (RFC 9649, section 2.5).
    const frame = bytes.indexOf("VP8 ");
    bytes.writeUInt16LE(width, frame + 14);
    bytes.writeUInt16LE(height, frame + 16);
  }
  return bytes;
}

/** Of PNG's chunks; Node has its own only from 20.15 on. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
