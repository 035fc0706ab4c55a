import { createReadStream } from "node:fs";
import { readFailure } from "../files/readFailure.js";

/** Few enough for a request each to cost nothing, small enough to be forgotten soon. */
const chunkBytes = 1 << 18;

/**
 * A file's bytes, in pieces.
 *
 * @throws Error naming the file and why it cannot be read
 */
export async function* fileChunks(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: chunkBytes });
  } catch (error) {
    throw new Error(`${file}: ${readFailure(error)}; check the path.`, { cause: error });
  }
}
