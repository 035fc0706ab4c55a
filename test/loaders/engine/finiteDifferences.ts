import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";

/** Numbers in [-1, 1) that are the same on every machine. */
export function noise(count: number, seed: number): Float32Array {
  let state = seed * 2654435761 + 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export function noiseTensor<R extends tf.Rank>(shape: tf.ShapeMap[R], seed: number): tf.Tensor<R> {
  return tf.tensor<R>(noise(tf.util.sizeFromShape(shape), seed), shape);
}

/**
 * Checks the gradients of `f` along random directions: with loss = Σ f · weights, the change of the loss
 * from x - step v to x + step v, over 2 step, must be the gradient times v. The loss is summed in float64.
 * A function linear in each input takes any step without error.
 */
export function expectGradients<R extends tf.Rank>(
  f: (...inputs: tf.Tensor<R>[]) => tf.Tensor,
  inputs: tf.Tensor<R>[],
  { step = 0.5, tolerance = 1e-3, directions = 4 } = {},
): void {
  const before = tf.memory().numTensors;
  const shape = tf.tidy(() => f(...inputs).shape);
  const weights = noise(tf.util.sizeFromShape(shape), 99);
  const loss = (...at: tf.Tensor<R>[]): number => {
    const values = tf.tidy(() => Array.from(f(...at).dataSync()));
    return values.reduce((sum, value, index) => sum + value * weights[index]!, 0);
  };
  const gradients = tf.tidy(() =>
    tf
      .grads(() => f(...inputs))(inputs, tf.tensor(weights, shape))
      .map((each) => Array.from(each.dataSync())),
  );
  inputs.forEach((input, position) => {
    expect(gradients[position]!.length).toBe(input.size);
    for (let direction = 0; direction < directions; direction++) {
      const along = noise(input.size, 1000 * position + direction + 7);
      const at = (distance: number): number => {
        const values = input.dataSync().map((value, index) => value + distance * along[index]!);
        const moved = tf.tensor<R>(values, input.shape);
        const result = loss(...inputs.map((each, other) => (other === position ? moved : each)));
        moved.dispose();
        return result;
      };
      const measured = (at(step) - at(-step)) / (2 * step);
      const claimed = gradients[position]!.reduce((sum, value, index) => sum + value * along[index]!, 0);
      expect(Math.abs(claimed - measured), `input ${position}: ${claimed} against ${measured}`).toBeLessThan(
        tolerance * (1 + Math.abs(measured)),
      );
    }
  });
  expect(tf.memory().numTensors).toBe(before);
}
