interface FileKind {
  /** With its article, to follow "looks like". */
  readonly name: string;
  readonly image: boolean;
}

interface Signature extends FileKind {
  /** Two hexadecimal digits per byte; ".." is any. */
  readonly bytes: string;
}

/** The first bytes of each kind of file, from its specification. */
const signatures: readonly Signature[] = [
  { name: "a JPEG image", image: true, bytes: "ffd8ff" },
  { name: "a PNG image", image: true, bytes: "89504e470d0a1a0a" },
  { name: "a GIF image", image: true, bytes: "47494638" },
  { name: "a WebP image", image: true, bytes: "52494646........57454250" },
  { name: "a gzip archive", image: false, bytes: "1f8b" },
  { name: "a ZIP archive", image: false, bytes: "504b0304" },
  { name: "an HDF5 file", image: false, bytes: "894844460d0a1a0a" },
];

/** How many bytes at a file's start identify its kind. */
export const kindBytes = 12;

/** A file's kind by its first bytes, among the kinds that get mistaken for weights; undefined for all others. */
export function fileKindOf(file: Uint8Array): FileKind | undefined {
  const start = [...file.subarray(0, kindBytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return signatures.find(({ bytes }) => new RegExp(`^${bytes}`).test(start));
}
