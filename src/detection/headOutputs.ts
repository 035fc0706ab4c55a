import * as tf from "@tensorflow/tfjs-core";
import type { Output } from "../architecture/layers/layer.js";
import type { HeadOutputs } from "./loss/detectionLoss.js";

/**
 * Concatenates a RetinaNet's output maps in the order of the anchors: level by level, cell by cell.
 *
 * @param maps `[batch, height, width, anchors · values]` each, in the order of `outputs`.
 * @returns `[batch, anchors, classes]` and `[batch, anchors, 4]`.
 */
export function headOutputsOf(
  maps: readonly tf.Tensor[],
  outputs: readonly Output[],
  classes: number,
): HeadOutputs {
  const joined = (kind: Output["kind"], values: number): tf.Tensor => {
    const rows = maps
      .filter((_, index) => outputs[index]!.kind === kind)
      .map((map) => tf.reshape(map, [map.shape[0]!, -1, values]));
    return tf.concat(rows, 1);
  };
  return { classLogits: joined("class", classes), boxCodes: joined("box", 4) };
}
