import * as tf from "@tensorflow/tfjs-core";
import type { ActivationKind } from "../architecture/layers/layer.js";
import { withGradient } from "./customGradient.js";

/**
 * Names of kernels that a backend may have to activate in one pass: the first of `{x}`, the second of
 * `{x, dy}`, each with the attribute `kind`.
 */
export const activationKernel = "SpineNetActivation";
export const activationGradientKernel = "SpineNetActivationGrad";

/**
 * The sixth that the Model Garden rounds in hard-sigmoid, not in hard-swish. Its SpineNet-Mobile has 18 such gates in a
 * row; with an exact sixth our results would be off by 1e-3.
 */
export const hardSigmoidSlope = 0.16667;

/**
 * The activation of each value. The hard kinds are those of MobileNetV3 (Howard et al. 2019, section 5.2):
 * hard-swish is x · relu6(x + 3) / 6, hard-sigmoid {@link hardSigmoidSlope} · relu6(x + 3). Only `x` is kept for the
 * gradient.
 */
export function activate<T extends tf.Tensor>(x: T, kind: ActivationKind): T {
  return withGradient(
    [x],
    () => ({ value: activated(x, kind), saved: [x] }),
    (dy, [input]) => [activationGradient(dy, input!, kind)],
  );
}

/** The gradient to an activation's input `x`, from `dy`, the gradient to its result. */
export function activationGradient(dy: tf.Tensor, x: tf.Tensor, kind: ActivationKind): tf.Tensor {
  if (tf.getKernel(activationGradientKernel, tf.getBackend())) {
    return tf.engine().runKernel(activationGradientKernel, { x, dy }, { kind });
  }
  return tf.tidy(() => tf.mul(dy, derivative(x, kind)));
}

function activated<T extends tf.Tensor>(x: T, kind: ActivationKind): T {
  if (tf.getKernel(activationKernel, tf.getBackend())) {
    return tf.engine().runKernel<T>(activationKernel, { x }, { kind });
  }
  switch (kind) {
    case "relu":
      return tf.relu(x);
    case "relu6":
      return tf.relu6(x);
    case "sigmoid":
      return tf.sigmoid(x);
    case "swish":
      return tf.mul<T>(x, tf.sigmoid(x));
    case "hard-sigmoid":
      return tf.mul<T>(tf.relu6(tf.add(x, 3)), hardSigmoidSlope);
    case "hard-swish":
      return tf.mul<T>(x, tf.div<T>(tf.relu6(tf.add(x, 3)), 6));
  }
}

function derivative(x: tf.Tensor, kind: ActivationKind): tf.Tensor {
  switch (kind) {
    case "relu":
      return tf.step(x);
    case "relu6":
      return between(x, 0, 6);
    case "sigmoid": {
      const gate = tf.sigmoid(x);
      return tf.mul(gate, tf.sub(1, gate));
    }
    case "swish": {
      const gate = tf.sigmoid(x);
      return tf.mul(gate, tf.add(1, tf.mul(x, tf.sub(1, gate))));
    }
    case "hard-sigmoid":
      return tf.mul(between(x, -3, 3), hardSigmoidSlope);
    case "hard-swish":
      return tf.add(tf.step(tf.sub(x, 3)), tf.mul(between(x, -3, 3), tf.div(tf.add(tf.mul(x, 2), 3), 6)));
  }
}

/** One where the value is between the two bounds, else zero. */
function between(x: tf.Tensor, low: number, high: number): tf.Tensor {
  return tf.mul(tf.step(tf.sub(x, low)), tf.step(tf.sub(high, x)));
}
