import { readFile } from "node:fs/promises";
import { decodeWeights, type Weights } from "../../src/checkpoints/weights.js";
import { readFailure } from "../files/readFailure.js";

/**
 * Reads a weights file.
 *
 * @throws Error naming the file: missing, damaged, or for another model.
 */
export async function readWeights(file: string): Promise<{ weights: Weights; bytes: Uint8Array }> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      error.code === "ENOENT"
        ? `${file} does not exist; trained weights are in data/weights, and "train" makes them.`
        : `${file} ${readFailure(error)}.`,
    );
  });
  return { weights: decodeWeights(bytes, file), bytes };
}
