import * as tf from "@tensorflow/tfjs-core";
import { looseObject, nullish, parse, string } from "valibot";
import { executeFloat, nativeBackend } from "../execute.js";
import { tensorIn } from "../tensorIn.js";

const attributesSchema = looseObject({ activation: nullish(string()), dataFormat: string() });

/** Operations of TensorFlow's by tfjs's names of activations. */
const activations: Readonly<Record<string, string>> = { relu: "Relu", relu6: "Relu6" };

/**
 * A convolution, its bias and its activation as the operations that TensorFlow's optimiser knows to merge into one:
 * Conv2D, BiasAdd, Relu. tfjs-node adds a bias like any other tensor, which TensorFlow does not merge.
 *
 * @param before tfjs-node's kernel, which keeps the activations that are not these.
 */
export function fusedConvolution(before: tf.KernelConfig): tf.KernelConfig {
  return {
    ...before,
    kernelFunc: (call) => {
      const { inputs, backend, attrs } = call;
      const { activation, dataFormat } = parse(attributesSchema, attrs);
      const after = activation && activation !== "linear" ? activations[activation] : undefined;
      const isOther = activation && activation !== "linear" && !after;
      if (!inputs.bias || isOther || dataFormat !== "NHWC") return before.kernelFunc(call);
      const [x, filter, bias] = [tensorIn(inputs, "x"), tensorIn(inputs, "filter"), tensorIn(inputs, "bias")];
      const native = nativeBackend(backend);
      const attributes = [{ name: "data_format", type: native.binding.TF_ATTR_STRING, value: "NHWC" }];
      return tf.tidy(() => {
        const convolved = tf.engine().runKernel<tf.Tensor>(tf.Conv2D, { x, filter }, attrs);
        const biased = executeFloat(native, "BiasAdd", [convolved, bias], attributes);
        return after ? executeFloat(native, after, [biased]) : biased;
      });
    },
  };
}
