import type { Layer } from "../layers/layer.js";
import { sizeOf } from "../layers/tensors.js";

/**
 * Multiply-adds of a layer on one image: convolutions and linear layers only, as the paper counts its "FLOPs" (caption
 * of table 2).
 *
 * @param inputs Channels of the layer's input.
 */
export function multiplyAddsOf(layer: Layer, inputs: number): number {
  switch (layer.op) {
    case "conv":
      return sizeOf(layer.shape) * layer.attributes.kernelSize ** 2 * inputs;
    case "depthwiseConv":
      return sizeOf(layer.shape) * layer.attributes.kernelSize ** 2;
    case "dense":
      return inputs * layer.attributes.units;
    default:
      return 0;
  }
}
