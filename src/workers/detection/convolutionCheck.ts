import * as tf from "@tensorflow/tfjs-core";

/** Large enough that no backend computes it on the processor, as they do with the smallest tensors. */
const size = 12;
const inputs = 8;
const outputs = 8;
const kernel = 3;

/** Whole numbers from −3 to 3: their sums of products are exact even in half precision. */
const input = Float32Array.from({ length: size * size * inputs }, (_, i) => ((i * 5) % 7) - 3);
const filter = Float32Array.from(
  { length: kernel * kernel * inputs * outputs },
  (_, i) => ((i * 11) % 7) - 3,
);

/** The 3 × 3 convolution, zeros around the input, computed product by product. */
export function convolutionByHand(): Float32Array {
  const result = new Float32Array(size * size * outputs);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let output = 0; output < outputs; output++) {
        let sum = 0;
        for (let dy = 0; dy < kernel; dy++) {
          for (let dx = 0; dx < kernel; dx++) {
            const [row, column] = [y + dy - 1, x + dx - 1];
            if (row < 0 || row >= size || column < 0 || column >= size) continue;
            for (let channel = 0; channel < inputs; channel++) {
              const weight = filter[((dy * kernel + dx) * inputs + channel) * outputs + output]!;
              sum += input[(row * size + column) * inputs + channel]! * weight;
            }
          }
        }
        result[(y * size + x) * outputs + output] = sum;
      }
    }
  }
  return result;
}

/** Has tfjs's current backend compute a small convolution. @returns what it gets wrong, or null */
export async function convolutionMistake(): Promise<string | null> {
  const result = tf.tidy(() =>
    tf.conv2d(
      tf.tensor4d(input, [1, size, size, inputs]),
      tf.tensor4d(filter, [kernel, kernel, inputs, outputs]),
      1,
      "same",
    ),
  );
  const values = await result.data();
  result.dispose();
  const right = convolutionByHand();
  const wrong = right.findIndex((value, i) => !(Math.abs(value - values[i]!) < 0.5));
  return wrong < 0 ? null : `a small convolution gives ${values[wrong]} where ${right[wrong]} is right`;
}
