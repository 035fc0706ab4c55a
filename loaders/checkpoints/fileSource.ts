import { open } from "node:fs/promises";
import type { ByteSource } from "../../src/checkpoints/tensorflow/byteSource.js";
import { readFailure } from "../files/readFailure.js";

/** A file on disk that is read by ranges, until it is closed. */
export interface FileSource extends ByteSource {
  close(): Promise<void>;
}

/** @throws Error naming the file and why it cannot be read */
export async function openFileSource(path: string): Promise<FileSource> {
  try {
    const handle = await open(path, "r");
    const { size } = await handle.stat();
    return {
      name: path,
      size,
      async read(offset, length) {
        const bytes = new Uint8Array(length);
        let filled = 0;
        // One call gives at most 2 GiB.
        while (filled < length) {
          const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
          if (bytesRead === 0) return bytes.subarray(0, filled);
          filled += bytesRead;
        }
        return bytes;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    throw new Error(`${path}: ${readFailure(error)}; check the path.`, { cause: error });
  }
}
