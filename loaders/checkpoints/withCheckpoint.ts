import { Checkpoint } from "../../src/checkpoints/tensorflow/checkpoint.js";
import { errorCode } from "../files/errorCode.js";
import { checkpointIndex } from "./checkpointIndex.js";
import { type FileSource, openFileSource } from "./fileSource.js";

/**
 * Opens a TensorFlow checkpoint, and closes its files once it was used.
 *
 * @param path its prefix, one of its files, or its folder
 * @throws Error naming the file that is missing, cut or damaged
 */
export async function withCheckpoint<T>(
  path: string,
  use: (checkpoint: Checkpoint) => Promise<T>,
): Promise<T> {
  const opened: FileSource[] = [];
  const open = async (file: string) => {
    const source = await openFileSource(file);
    opened.push(source);
    return source;
  };
  try {
    const index = await open(await checkpointIndex(path));
    return await use(
      await Checkpoint.open(index, (file) =>
        open(file).catch((error: Error) => {
          if (errorCode(error.cause) === "ENOENT") return undefined;
          throw error;
        }),
      ),
    );
  } finally {
    await Promise.all(opened.map((source) => source.close()));
  }
}
