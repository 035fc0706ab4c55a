import { readFile } from "node:fs/promises";
import { readFailure } from "./readFailure.js";

/**
 * A file's bytes.
 *
 * @param remedy the end of the error's sentence
 * @throws Error naming the file, why it cannot be read, and the remedy
 */
export async function readOrExplain(file: string, remedy = "check the path"): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Error(`${file}: ${readFailure(error)}; ${remedy}.`, { cause: error });
  }
}
