import type { Layer } from "../../src/architecture/layers/layer.js";
import { channelsOf, type TensorSpec, tensorsOfLayer } from "../../src/architecture/layers/tensors.js";
import type { Values } from "../../src/network/initialise.js";
import type { OnnxInitializer } from "./node.js";

/** The tensors of a network as constants, each once: levels of a head share convolutions. */
export function initializersOf(layers: readonly Layer[], values: Values): OnnxInitializer[] {
  const channels = channelsOf(layers);
  const initializers = new Map<string, OnnxInitializer>();
  for (const layer of layers) {
    for (const spec of tensorsOfLayer(layer, channels.get(layer.inputs[0] ?? "") ?? 0)) {
      if (!initializers.has(spec.name)) initializers.set(spec.name, initializerOf(layer, spec, values));
    }
  }
  return [...initializers.values()];
}

function initializerOf(layer: Layer, { name, role, shape }: TensorSpec, values: Values): OnnxInitializer {
  const own = values.get(name)!;
  if (role !== "kernel" || layer.op === "dense") return { name, shape, values: own };
  const [height, width, third, fourth] = shape as [number, number, number, number];
  // Each output of a depthwise convolution has one input: HWIM with M = 1 is then HWMI.
  const [ins, outs] = layer.op === "depthwiseConv" ? [fourth, third] : [third, fourth];
  return { name, shape: [outs, ins, height, width], values: outputsFirst(own, height * width, ins, outs) };
}

/** HWIO to OIHW. */
function outputsFirst(kernel: Float32Array, taps: number, ins: number, outs: number): Float32Array {
  const turned = new Float32Array(kernel.length);
  for (let tap = 0; tap < taps; tap++) {
    for (let i = 0; i < ins; i++) {
      for (let o = 0; o < outs; o++) {
        turned[(o * ins + i) * taps + tap] = kernel[(tap * ins + i) * outs + o]!;
      }
    }
  }
  return turned;
}
