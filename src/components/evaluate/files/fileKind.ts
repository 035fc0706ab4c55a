export type EvaluationFileKind = "annotations" | "detections";

/** Enough to see how a file begins, behind whatever blanks it begins with. */
const headLength = 4096;

/**
 * What a JSON file is for, by how it begins: COCO's annotations are an object, results an array. What is in it is
 * for its reader to check.
 *
 * @throws Error, a sentence that names the file and what to do
 */
export async function evaluationFileKind(file: Blob, name: string): Promise<EvaluationFileKind> {
  if (file.size === 0) throw new Error(`${name} is empty. Give a COCO annotations file or a results file.`);
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.slice(0, headLength).arrayBuffer());
  } catch (error) {
    throw new Error(
      `${name} cannot be read; a folder cannot be, and a file may have been moved or deleted.`,
      {
        cause: error,
      },
    );
  }
  if (isPacked(bytes)) {
    throw new Error(`${name} is packed. Unpack it, and give the JSON file that is in it.`);
  }
  // A mark of the byte order is none of JSON, but some programs write it.
  const [first] = new TextDecoder().decode(bytes).trimStart();
  if (first === "{") return "annotations";
  if (first === "[") return "detections";
  throw new Error(
    `${name} is no JSON file of annotations, which begins with {, nor of results, which begins with [` +
      `${first === undefined ? "; it begins with nothing but blanks" : `; it begins with ${first}`}.`,
  );
}

/** gzip, zip, bzip2, xz, zstd. */
const packedHeads = ["1f8b", "504b0304", "425a68", "fd377a58", "28b52ffd"];

function isPacked(bytes: Uint8Array): boolean {
  const head = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return packedHeads.some((packed) => head.startsWith(packed));
}
