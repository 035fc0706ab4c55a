import { decodeWeights, type Weights } from "../../src/checkpoints/weights.js";
import { readOrExplain } from "../files/readOrExplain.js";

/**
 * Reads a weights file.
 *
 * @throws Error naming the file: missing, damaged, or for another model.
 */
export async function readWeights(file: string): Promise<{ weights: Weights; bytes: Uint8Array }> {
  const bytes = await readWeightsBytes(file);
  return { weights: decodeWeights(bytes, file), bytes };
}

/** @throws Error naming the file and why it cannot be read */
export function readWeightsBytes(file: string): Promise<Uint8Array> {
  return readOrExplain(file, 'trained weights are in data/weights, and "train" makes them');
}
