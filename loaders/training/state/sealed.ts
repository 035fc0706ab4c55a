import { createHash } from "node:crypto";

/** In a file's metadata, where {@link seal} puts the checksum. */
export const unsealed = "0".repeat(64);

const opening = Buffer.from('"checksum":"');

/**
 * Writes into a safetensors file, whose metadata has `checksum: unsealed`, the checksum of all its bytes: header,
 * metadata and tensors. The checksum's own digits count as zeros.
 */
export function seal(file: Uint8Array): void {
  const place = placeOf(file);
  if (place === undefined) throw new Error("The file's metadata has no checksum to fill in.");
  file.set(Buffer.from(checksumOf(file, place)), place);
}

/** Whether a file is as it was when it was sealed, to the bit. */
export function isIntact(file: Uint8Array): boolean {
  const place = placeOf(file);
  if (place === undefined) return false;
  const found = Buffer.from(file.subarray(place, place + unsealed.length)).toString("latin1");
  return found === checksumOf(file, place);
}

/** Within JSON, an unescaped quotation mark is the header's own, so no value can be mistaken for this key. */
function placeOf(file: Uint8Array): number | undefined {
  const found = Buffer.from(file.buffer, file.byteOffset, file.byteLength).indexOf(opening);
  const place = found + opening.length;
  return found < 0 || place + unsealed.length > file.length ? undefined : place;
}

function checksumOf(file: Uint8Array, place: number): string {
  return createHash("sha256")
    .update(file.subarray(0, place))
    .update(unsealed)
    .update(file.subarray(place + unsealed.length))
    .digest("hex");
}
