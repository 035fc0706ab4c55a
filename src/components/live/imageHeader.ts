/** What the first bytes of an image file say. */
interface ImageHeader {
  readonly format: "JPEG" | "PNG" | "WebP";
  readonly width: number;
  readonly height: number;
}

/**
 * Reads format and size of a JPEG, PNG or WebP from the file's first bytes, so that an image too large to decode
 * need not be. @returns null if the bytes are of no such file, or end before the size
 */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 30) return null;
  if (view.getUint32(0) === 0x89504e47 && textAt(view, 12) === "IHDR") {
    return { format: "PNG", width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (view.getUint16(0) === 0xffd8) return jpegHeader(view);
  if (textAt(view, 0) === "RIFF" && textAt(view, 8) === "WEBP") return webpHeader(view);
  return null;
}

const textAt = (view: DataView, offset: number) =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(offset + i)));

/** The size is in the start-of-frame segment, which comes after any number of others (ITU T.81, annex B). */
function jpegHeader(view: DataView): ImageHeader | null {
  let offset = 2;
  while (offset + 9 <= view.byteLength) {
    if (view.getUint8(offset) !== 0xff) return null;
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      // A byte of padding before the marker.
      offset += 1;
      continue;
    }
    // C4, C8 and CC hold tables; the rest of C0 to CF start a frame.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { format: "JPEG", height: view.getUint16(offset + 5), width: view.getUint16(offset + 7) };
    }
    offset += 2 + view.getUint16(offset + 2);
  }
  return null;
}

/** Three kinds of first chunk, each with the size in its own way (RFC 9649, section 2). */
function webpHeader(view: DataView): ImageHeader | null {
  const threeBytes = (offset: number) => view.getUint16(offset, true) + 0x10000 * view.getUint8(offset + 2);
  switch (textAt(view, 12)) {
    case "VP8X":
      return { format: "WebP", width: 1 + threeBytes(24), height: 1 + threeBytes(27) };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { format: "WebP", width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case "VP8 ":
      return {
        format: "WebP",
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    default:
      return null;
  }
}
