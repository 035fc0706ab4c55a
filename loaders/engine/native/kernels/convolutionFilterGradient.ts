import * as tf from "@tensorflow/tfjs-core";
import { array, looseObject, number, parse, picklist, tuple, union } from "valibot";
import { tensorIn } from "../tensorIn.js";

const attributesSchema = looseObject({
  strides: union([number(), tuple([number(), number()])]),
  pad: union([picklist(["same", "valid"]), number(), array(array(number()))]),
  filterShape: tuple([number(), number(), number(), number()]),
});

/**
 * The gradient of a convolution with respect to its filter, by tfjs-node's kernel except for a 1×1 filter. That is a
 * matrix product over the cells, which oneDNN computes several times as fast as the convolution's gradient where there
 * are few channels. With a stride over 1, only every stride-th cell is read, so those are taken first. (TensorFlow 2.21's
 * oneDNN even writes beyond its memory in Conv2DBackpropFilter with such a stride, where channels do not fill its
 * registers: 12 channels on 3 images of 32 × 32 cells, say; its own Python crashes as well.)
 */
export function convolutionFilterGradient(before: tf.KernelConfig): tf.KernelConfig {
  return {
    ...before,
    kernelFunc: (call) => {
      const { strides, pad, filterShape } = parse(attributesSchema, call.attrs);
      const [height, width] = filterShape;
      const isPoint = height === 1 && width === 1 && typeof pad === "string";
      if (!isPoint) return before.kernelFunc(call);
      const [x, dy] = [tensorIn(call.inputs, "x"), tensorIn(call.inputs, "dy")];
      return tf.tidy(() => {
        const [cells, gradients] = [cellsRead(x, strides), dy].map((map) =>
          tf.reshape(map, [-1, map.shape[3]!]),
        ) as [tf.Tensor, tf.Tensor];
        return tf.reshape(tf.matMul(cells, gradients, true), filterShape);
      });
    },
  };
}

/** The cells that a 1×1 filter reads. */
function cellsRead(x: tf.Tensor, strides: number | [number, number]): tf.Tensor {
  const [vertical, horizontal] = typeof strides === "number" ? [strides, strides] : strides;
  if (vertical === 1 && horizontal === 1) return x;
  return tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, vertical, horizontal, 1]);
}
