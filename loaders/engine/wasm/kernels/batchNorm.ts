import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { looseObject, number, parse, picklist } from "valibot";
import {
  batchNormGradientKernel,
  batchNormKernel,
  normalisationKinds,
} from "../../../../src/network/batchNorm.js";
import { simdRoutine } from "../simdRoutine.js";
import { address, dispose, floats, wasmKernel } from "../wasmKernel.js";

const attributesSchema = looseObject({ epsilon: number(), activation: picklist(normalisationKinds) });

/** Pixels summed in float32 before their sums are added in float64; few enough to stay in a core's cache. */
const blockPixels = 256;
const floatBytes = 4;

/** Batch normalisation by the batch's statistics, and the activation after it, in two passes. */
export const batchNorm = wasmKernel(batchNormKernel, ({ input, attributes, backend }) => {
  const { epsilon, activation } = parse(attributesSchema, attributes);
  const x = input("x");
  const { pixels, channels } = sizes(x);
  const y = backend.makeOutput(x.shape, "float32");
  const vector = () => backend.makeOutput([channels], "float32");
  const [mean, variance, scale, shift] = [vector(), vector(), vector(), vector()];

  const statistics = simdRoutine(backend, "statistics");
  const reference = address(backend, x);
  const [sums, squares] = sumBlocks(backend, pixels, channels, (firstByte, count, target) =>
    statistics(reference + firstByte, count, channels, reference, target),
  );
  const references = floats(backend, x);
  const [gamma, beta] = [floats(backend, input("gamma")), floats(backend, input("beta"))];
  const [means, variances] = [floats(backend, mean), floats(backend, variance)];
  const [scales, shifts] = [floats(backend, scale), floats(backend, shift)];
  for (let channel = 0; channel < channels; channel++) {
    const fromReference = sums[channel]! / pixels;
    const channelMean = references[channel]! + fromReference;
    const channelVariance = Math.max(0, squares[channel]! / pixels - fromReference * fromReference);
    means[channel] = channelMean;
    variances[channel] = channelVariance;
    scales[channel] = gamma[channel]! / Math.sqrt(channelVariance + epsilon);
    shifts[channel] = beta[channel]! - channelMean * scales[channel]!;
  }
  simdRoutine(backend, `normalise/${activation}`)(
    address(backend, x),
    address(backend, y),
    pixels,
    channels,
    address(backend, scale),
    address(backend, shift),
  );
  dispose(backend, scale, shift);
  return [y, mean, variance];
});

/** The gradients of {@link batchNorm}, in two passes; the activation's input is recomputed. */
export const batchNormGradient = wasmKernel(batchNormGradientKernel, ({ input, attributes, backend }) => {
  const { epsilon, activation } = parse(attributesSchema, attributes);
  const x = input("x");
  const { pixels, channels } = sizes(x);
  const dx = backend.makeOutput(x.shape, "float32");
  const vector = () => backend.makeOutput([channels], "float32");
  const [dgamma, dbeta, scale, shift] = [vector(), vector(), vector(), vector()];
  fillScaleAndShift(backend, input, epsilon, scale, shift);

  const gradient = simdRoutine(backend, `normaliseGradient/${activation}`);
  const [sums, products] = sumBlocks(backend, pixels, channels, (firstByte, count, target) =>
    gradient(
      address(backend, x) + firstByte,
      address(backend, input("dy")) + firstByte,
      address(backend, dx) + firstByte,
      count,
      channels,
      address(backend, scale),
      address(backend, shift),
      address(backend, input("mean")),
      target,
    ),
  );
  // dx = scale (dz - mean(dz) - xhat mean(dz xhat)) is dz scale + x slope + offset. The slope and the offset
  // take the places of shift, which has done its work, and of a second vector.
  const slope = shift;
  const offset = vector();
  const [means, variances] = [floats(backend, input("mean")), floats(backend, input("variance"))];
  const [scales, slopes, offsets] = [floats(backend, scale), floats(backend, slope), floats(backend, offset)];
  const [dgammas, dbetas] = [floats(backend, dgamma), floats(backend, dbeta)];
  for (let channel = 0; channel < channels; channel++) {
    const inverseVariance = 1 / (variances[channel]! + epsilon);
    dbetas[channel] = sums[channel]!;
    dgammas[channel] = products[channel]! * Math.sqrt(inverseVariance);
    slopes[channel] = (-scales[channel]! * products[channel]! * inverseVariance) / pixels;
    offsets[channel] = (-scales[channel]! * sums[channel]!) / pixels - slopes[channel]! * means[channel]!;
  }
  simdRoutine(backend, "normaliseInputGradient")(
    address(backend, x),
    address(backend, dx),
    address(backend, dx),
    pixels,
    channels,
    address(backend, scale),
    address(backend, slope),
    address(backend, offset),
  );
  dispose(backend, scale, slope, offset);
  return [dx, dgamma, dbeta];
});

function fillScaleAndShift(
  backend: BackendWasm,
  input: (name: string) => tf.TensorInfo,
  epsilon: number,
  scale: tf.TensorInfo,
  shift: tf.TensorInfo,
): void {
  const [means, variances] = [floats(backend, input("mean")), floats(backend, input("variance"))];
  const [gamma, beta] = [floats(backend, input("gamma")), floats(backend, input("beta"))];
  const [scales, shifts] = [floats(backend, scale), floats(backend, shift)];
  scales.forEach((_, channel) => {
    scales[channel] = gamma[channel]! / Math.sqrt(variances[channel]! + epsilon);
    shifts[channel] = beta[channel]! - means[channel]! * scales[channel]!;
  });
}

/**
 * Two sums per channel over all pixels.
 *
 * @param sumBlock writes the sums over `count` pixels, the first at `firstByte`, to the address `target`.
 */
function sumBlocks(
  backend: BackendWasm,
  pixels: number,
  channels: number,
  sumBlock: (firstByte: number, count: number, target: number) => void,
): [Float64Array, Float64Array] {
  const block = backend.makeOutput([2, channels], "float32");
  const target = address(backend, block);
  const blockSums = floats(backend, block);
  const totals = new Float64Array(2 * channels);
  for (let pixel = 0; pixel < pixels; pixel += blockPixels) {
    sumBlock(pixel * channels * floatBytes, Math.min(blockPixels, pixels - pixel), target);
    for (let index = 0; index < totals.length; index++) totals[index]! += blockSums[index]!;
  }
  dispose(backend, block);
  return [totals.subarray(0, channels), totals.subarray(channels)];
}

function sizes(x: tf.TensorInfo): { pixels: number; channels: number } {
  const channels = x.shape.at(-1) ?? 1;
  return { channels, pixels: tf.util.sizeFromShape(x.shape) / channels };
}
