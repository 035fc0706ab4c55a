import * as tf from "@tensorflow/tfjs-core";
import { array, looseObject, number, parse, picklist, tuple, union } from "valibot";
import { tensorIn } from "../tensorIn.js";

const attributesSchema = looseObject({
  strides: union([number(), tuple([number(), number()])]),
  pad: union([picklist(["same", "valid"]), number(), array(array(number()))]),
  filterShape: tuple([number(), number(), number(), number()]),
});

/**
 * The gradient of a convolution with respect to its filter, by tfjs-node's kernel except in one case: TensorFlow
 * 2.21's oneDNN writes beyond its memory in Conv2DBackpropFilter with a 1×1 filter and a stride over 1, where channels
 * do not fill its registers (12 channels on 3 images of 32 × 32 cells, say; its own Python crashes as well). Such a
 * convolution reads every stride-th cell and no other, so those are taken first and the stride is 1.
 */
export function convolutionFilterGradient(before: tf.KernelConfig): tf.KernelConfig {
  return {
    ...before,
    kernelFunc: (call) => {
      const { strides, pad, filterShape } = parse(attributesSchema, call.attrs);
      const [vertical, horizontal] = typeof strides === "number" ? [strides, strides] : strides;
      const [height, width] = filterShape;
      const isPoint = height === 1 && width === 1 && typeof pad === "string";
      if (!isPoint || (vertical === 1 && horizontal === 1)) return before.kernelFunc(call);
      const x = tensorIn(call.inputs, "x");
      const [batch, rows, columns, channels] = x.shape as [number, number, number, number];
      const read = tf.stridedSlice(
        x,
        [0, 0, 0, 0],
        [batch, rows, columns, channels],
        [1, vertical, horizontal, 1],
      );
      const gradient = before.kernelFunc({
        ...call,
        inputs: { ...call.inputs, x: read },
        attrs: { ...call.attrs, strides: 1 },
      });
      read.dispose();
      return gradient;
    },
  };
}
