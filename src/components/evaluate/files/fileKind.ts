export type EvaluationFileKind = "annotations" | "detections";

/** Enough to see a file's first character after any blanks. */
const headLength = 4096;

/**
 * A JSON file's kind, by its first character: COCO's annotations are an object, results an array. Its content is checked
 * when it is read.
 *
 * @throws Error, a sentence that names the file and what to do
 */
export async function evaluationFileKind(file: Blob, name: string): Promise<EvaluationFileKind> {
  if (file.size === 0) throw new Error(`${name} is empty. Open a COCO annotations file or a results file.`);
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.slice(0, headLength).arrayBuffer());
  } catch (error) {
    throw new Error(`${name} cannot be read; it is a folder, or it was moved or deleted.`, {
      cause: error,
    });
  }
  if (isPacked(bytes)) {
    throw new Error(`${name} is compressed. Unpack it and open the JSON file inside.`);
  }
  // A byte order mark is not JSON, but some programs write it.
  const [first] = new TextDecoder().decode(bytes).trimStart();
  if (first === "{") return "annotations";
  if (first === "[") return "detections";
  throw new Error(
    `${name} is neither a COCO annotations file, which begins with {, nor a results file, which begins with [` +
      `${first === undefined ? "; it begins with blanks only" : `; it begins with ${first}`}.`,
  );
}

/** gzip, zip, bzip2, xz, zstd. */
const packedHeads = ["1f8b", "504b0304", "425a68", "fd377a58", "28b52ffd"];

function isPacked(bytes: Uint8Array): boolean {
  const head = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return packedHeads.some((packed) => head.startsWith(packed));
}
