import * as tf from "@tensorflow/tfjs-core";
import { looseObject, parse, picklist } from "valibot";
import { type ActivationKind, activationKinds } from "../../../../src/architecture/layers/layer.js";
import { activationGradientKernel, hardSigmoidSlope } from "../../../../src/network/activation.js";
import { executeFloat, nativeBackend } from "../execute.js";
import type { NativeBackend } from "../nativeBackend.js";
import { tensorIn } from "../tensorIn.js";

const attributesSchema = looseObject({ kind: picklist(activationKinds) });

/**
 * Gradients of activations by TensorFlow's own ReluGrad, Relu6Grad and SigmoidGrad. tfjs asks where a value is above
 * zero in five operations, one of which makes a tensor of ones in JavaScript.
 */
export const activationGradient: tf.KernelConfig = {
  kernelName: activationGradientKernel,
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { kind } = parse(attributesSchema, attrs);
    const [x, dy] = [tensorIn(inputs, "x"), tensorIn(inputs, "dy")];
    return tf.tidy(() => gradient(nativeBackend(backend), kind, x, dy));
  },
};

function gradient(backend: NativeBackend, kind: ActivationKind, x: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  const relu6Gradient = (slope: tf.Tensor, value: tf.Tensor) =>
    executeFloat(backend, "Relu6Grad", [slope, value]);
  switch (kind) {
    case "relu":
      return executeFloat(backend, "ReluGrad", [dy, x]);
    case "relu6":
      return relu6Gradient(dy, x);
    case "sigmoid":
      return executeFloat(backend, "SigmoidGrad", [tf.sigmoid(x), dy]);
    case "swish": {
      // In a program, the gate and y are found to be those of the forward pass, and x need not be kept for this.
      const gate = tf.sigmoid(x);
      const y = tf.mul(x, gate);
      return tf.mul(dy, tf.add(gate, tf.mul(y, tf.sub(1, gate))));
    }
    // Hard-sigmoid is relu6(x + 3) times its slope, hard-swish x · relu6(x + 3) / 6.
    case "hard-sigmoid":
      return relu6Gradient(tf.mul(dy, hardSigmoidSlope), tf.add(x, 3));
    case "hard-swish": {
      const shifted = tf.add(x, 3);
      const sixth = tf.div(dy, 6);
      return tf.add(tf.mul(sixth, tf.relu6(shifted)), relu6Gradient(tf.mul(sixth, x), shifted));
    }
  }
}
