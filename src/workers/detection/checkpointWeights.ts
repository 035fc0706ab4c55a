import type { ByteSource } from "../../checkpoints/tensorflow/byteSource.js";
import { Checkpoint } from "../../checkpoints/tensorflow/checkpoint.js";
import { CheckpointError } from "../../checkpoints/tensorflow/checkpointError.js";
import { convertedWeights } from "../../checkpoints/tensorflow/conversion/convertedWeights.js";
import { prepareConversion } from "../../checkpoints/tensorflow/conversion/prepareConversion.js";
import type { Weights } from "../../checkpoints/weights.js";

/**
 * The weights in a TensorFlow checkpoint's files.
 *
 * @throws CheckpointError naming the file that is missing or damaged, or what of the network is not as ours
 */
export async function checkpointWeights(files: readonly File[]): Promise<Weights> {
  const [index, other] = files.filter(({ name }) => name.endsWith(".index"));
  if (!index) {
    throw new CheckpointError(
      files[0]!.name,
      "the checkpoint's .index file is missing; give it together with its .data files.",
    );
  }
  if (other) {
    throw new CheckpointError(
      other.name,
      `it is another checkpoint's than ${index.name}; give the files of one checkpoint.`,
    );
  }
  const checkpoint = await Checkpoint.open(blobSource(index), async (name) => {
    const file = files.find((one) => one.name === name);
    return file && blobSource(file);
  });
  return convertedWeights(await prepareConversion(checkpoint, {}));
}

function blobSource(file: File): ByteSource {
  return {
    name: file.name,
    size: file.size,
    read: async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
  };
}
