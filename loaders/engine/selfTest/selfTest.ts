import * as tf from "@tensorflow/tfjs-core";
import { batchNormTraining } from "../../../src/network/batchNorm.js";
import "../registerGradients.js";
import {
  type ImageShape,
  plainBatchNorm,
  plainConvolution,
  plainEnlargement,
  plainMaxPool,
} from "./referenceOperations.js";

/** An operation's results, compared with its definition computed in float64. */
export interface SelfTestResult {
  readonly operation: string;
  /** The largest error of a value, relative where the value exceeds 1. */
  readonly valueError: number;
  /** The largest error of a derivative, measured alike, against the definition's finite differences. */
  readonly gradientError: number;
  readonly right: boolean;
}

interface Operation {
  readonly name: string;
  readonly inputs: readonly { readonly shape: readonly number[]; readonly values: readonly number[] }[];
  readonly compute: (...inputs: tf.Tensor[]) => tf.Tensor;
  readonly define: (...inputs: readonly (readonly number[])[]) => number[];
}

/** float32 carries 7 digits, and these sums are of at most some tens of terms. */
const tolerance = 1e-4;
const difference = 1e-4;
const imageShape: ImageShape = [2, 5, 6, 3];
const epsilon = 1e-3;

/**
 * Computes a convolution, a max pool, an upsampling and a batch norm, and their gradients, on tfjs's current backend,
 * and compares each with its definition.
 */
export async function selfTest(): Promise<SelfTestResult[]> {
  const results: SelfTestResult[] = [];
  for (const operation of operations) results.push(await testOperation(operation));
  return results;
}

const image = { shape: imageShape, values: distinctValues(tf.util.sizeFromShape([...imageShape])) };
const vector = (values: readonly number[]) => ({ shape: [values.length], values });

const operations: readonly Operation[] = [
  ...[1, 2].map((stride) => ({
    name: `convolution, stride ${stride}`,
    inputs: [image, { shape: [3, 3, 3, 4], values: distinctValues(108) }],
    compute: (x: tf.Tensor, filter: tf.Tensor) =>
      tf.conv2d(x.as4D(...imageShape), filter.as4D(3, 3, 3, 4), stride, "same"),
    define: (x: readonly number[], filter: readonly number[]) =>
      plainConvolution(x, imageShape, filter, 3, stride),
  })),
  {
    name: "max pool",
    inputs: [image],
    compute: (x) => tf.maxPool(x.as4D(...imageShape), 3, 2, "same"),
    define: (x) => plainMaxPool(x, imageShape, 3, 2),
  },
  {
    name: "resize",
    inputs: [image],
    compute: (x) =>
      tf.image.resizeNearestNeighbor(x.as4D(...imageShape), [imageShape[1] * 2, imageShape[2] * 2]),
    define: (x) => plainEnlargement(x, imageShape, 2),
  },
  {
    name: "batch norm",
    inputs: [image, vector([1, 0.5, -2]), vector([0, 1, -0.5])],
    compute: (x, gamma, beta) =>
      batchNormTraining(x.as4D(...imageShape), gamma.as1D(), beta.as1D(), epsilon, "none").y,
    define: (x, gamma, beta) => plainBatchNorm(x, gamma, beta, epsilon),
  },
];

async function testOperation({ name, inputs, compute, define }: Operation): Promise<SelfTestResult> {
  const given = inputs.map(({ values }) => values);
  const expected = define(...given);
  const weights = distinctValues(expected.length);
  const tensors = inputs.map(({ shape, values }) => tf.tensor([...values], [...shape]));
  const value = tf.tidy(() => compute(...tensors));
  const gradients = tf.tidy(() => tf.grads(compute)(tensors, tf.tensor(weights, value.shape)));
  try {
    const valueError = greatestError(await value.data(), expected);
    const gradientErrors = await Promise.all(
      gradients.map(async (gradient, input) =>
        greatestError(await gradient.data(), finiteDifferences(define, given, input, weights)),
      ),
    );
    const gradientError = Math.max(...gradientErrors);
    return {
      operation: name,
      valueError,
      gradientError,
      right: valueError < tolerance && gradientError < tolerance,
    };
  } finally {
    tf.dispose([value, ...tensors, ...gradients]);
  }
}

/** The derivatives of Σ define · weights with respect to one input, by central differences. */
function finiteDifferences(
  define: Operation["define"],
  inputs: readonly (readonly number[])[],
  input: number,
  weights: readonly number[],
): number[] {
  const loss = (index: number, step: number): number => {
    const moved = inputs.map((values, other) =>
      other === input ? values.with(index, values[index]! + step) : values,
    );
    return define(...moved).reduce((sum, value, at) => sum + value * weights[at]!, 0);
  };
  return inputs[input]!.map(
    (_, index) => (loss(index, difference) - loss(index, -difference)) / (2 * difference),
  );
}

/** Infinite if the lengths differ or a value is not finite: neither may pass as a small error. */
function greatestError(actual: ArrayLike<number>, expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const errors = expected.map(
    (value, index) => Math.abs(actual[index]! - value) / Math.max(1, Math.abs(value)),
  );
  return errors.every(Number.isFinite) ? Math.max(...errors) : Number.POSITIVE_INFINITY;
}

/** Distinct values in (-1, 1), in no order, further apart than the differences taken here. */
function distinctValues(count: number): number[] {
  const prime = 1009;
  return Array.from({ length: count }, (_, index) => (((index + 1) * 379) % prime) * (2 / prime) - 1);
}
