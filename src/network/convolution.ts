import * as tf from "@tensorflow/tfjs-core";
import type { ActivationKind, Layer, Padding } from "../architecture/layers/layer.js";
import { weightsName } from "../architecture/layers/tensors.js";
import { activate } from "./activation.js";
import { type TensorsByName, tensorOf } from "./tensorsByName.js";

type Conv = Extract<Layer, { op: "conv" }>;
type DepthwiseConv = Extract<Layer, { op: "depthwiseConv" }>;

/** A convolution with its bias, if it has one; `fused` goes into the same kernel where tfjs has that on every backend. */
export function convolve(
  layer: Conv,
  input: tf.Tensor4D,
  tensors: TensorsByName,
  fused?: ActivationKind,
): tf.Tensor4D {
  const { stride, padding, bias: hasBias } = layer.attributes;
  const filter = tensorOf<tf.Tensor4D>(tensors, `${weightsName(layer)}/kernel`);
  const [x, pad] = padded(input, padding);
  const activated = (y: tf.Tensor4D): tf.Tensor4D => (fused ? activate(y, fused) : y);
  if (!hasBias) return activated(tf.conv2d(x, filter, stride, pad));
  const convolution = {
    x,
    filter,
    strides: stride,
    pad,
    bias: tensorOf(tensors, `${weightsName(layer)}/bias`),
  };
  return fused === "relu" || fused === "relu6"
    ? tf.fused.conv2d({ ...convolution, activation: fused })
    : activated(tf.fused.conv2d(convolution));
}

/** A convolution of each channel apart, with its bias, if it has one. */
export function convolveDepthwise(
  layer: DepthwiseConv,
  input: tf.Tensor4D,
  tensors: TensorsByName,
): tf.Tensor4D {
  const { stride, padding, bias } = layer.attributes;
  const kernel = tensorOf<tf.Tensor4D>(tensors, `${weightsName(layer)}/kernel`);
  const [x, pad] = padded(input, padding);
  const y = tf.depthwiseConv2d(x, kernel, stride, pad);
  return bias ? tf.add(y, tensorOf(tensors, `${weightsName(layer)}/bias`)) : y;
}

/** tfjs on TensorFlow knows 'same' and 'valid' only, so other zeros are put around the input first. */
function padded(x: tf.Tensor4D, padding: Padding): [tf.Tensor4D, "same" | "valid"] {
  if (padding === "same") return [x, "same"];
  const [rows, columns] = padding;
  if ([...rows, ...columns].every((zeros) => zeros === 0)) return [x, "valid"];
  return [tf.pad(x, [[0, 0], [...rows], [...columns], [0, 0]]), "valid"];
}
