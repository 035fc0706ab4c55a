import type { Initializer, Layer } from "./layer.js";

/** One tensor of a network's weights. */
export interface TensorSpec {
  /** `<layer>/{kernel, bias, gamma, beta, mean, variance}`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Statistics of batch norm are kept, not learned. */
  readonly trainable: boolean;
  readonly initializer: Initializer;
  /** Inputs that one output value sums over; for a kernel's initialisation. */
  readonly fanIn: number;
}

const zero: Initializer = { kind: "constant", value: 0 };
const one: Initializer = { kind: "constant", value: 1 };

/**
 * Every tensor that a list of layers needs, each once, in order of first use. Kernels are HWIO, depthwise kernels
 * HWIM with M = 1.
 */
export function tensorsOf(layers: readonly Layer[]): TensorSpec[] {
  const channels = new Map(layers.map(({ name, shape }) => [name, shape.at(-1)!]));
  const specs = new Map<string, TensorSpec>();
  for (const layer of layers) {
    for (const spec of tensorsOfLayer(layer, channels.get(layer.inputs[0] ?? "") ?? 0)) {
      if (!specs.has(spec.name)) specs.set(spec.name, spec);
    }
  }
  return [...specs.values()];
}

/** The prefix of a layer's tensor names. */
export function weightsName(layer: Layer): string {
  return layer.weights ?? layer.name;
}

function tensorsOfLayer(layer: Layer, inputs: number): TensorSpec[] {
  const prefix = weightsName(layer);
  const vector = (name: string, length: number, initializer: Initializer, trainable = true): TensorSpec => ({
    name: `${prefix}/${name}`,
    shape: [length],
    trainable,
    initializer,
    fanIn: 1,
  });
  switch (layer.op) {
    case "conv": {
      const { kernelSize, filters, kernelInitializer, bias, biasInitializer } = layer.attributes;
      const shape = [kernelSize, kernelSize, inputs, filters];
      const fanIn = kernelSize * kernelSize * inputs;
      const kernel = {
        name: `${prefix}/kernel`,
        shape,
        trainable: true,
        initializer: kernelInitializer,
        fanIn,
      };
      return bias ? [kernel, vector("bias", filters, biasInitializer ?? zero)] : [kernel];
    }
    case "depthwiseConv": {
      const { kernelSize, kernelInitializer, bias, biasInitializer } = layer.attributes;
      const shape = [kernelSize, kernelSize, inputs, 1];
      const fanIn = kernelSize * kernelSize;
      const kernel = {
        name: `${prefix}/kernel`,
        shape,
        trainable: true,
        initializer: kernelInitializer,
        fanIn,
      };
      return bias ? [kernel, vector("bias", inputs, biasInitializer ?? zero)] : [kernel];
    }
    case "dense": {
      const { units, kernelInitializer } = layer.attributes;
      const shape = [inputs, units];
      const kernel = {
        name: `${prefix}/kernel`,
        shape,
        trainable: true,
        initializer: kernelInitializer,
        fanIn: inputs,
      };
      return [kernel, vector("bias", units, zero)];
    }
    case "batchNorm":
      return [
        vector("gamma", inputs, one),
        vector("beta", inputs, zero),
        vector("mean", inputs, zero, false),
        vector("variance", inputs, one, false),
      ];
    default:
      return [];
  }
}

/** How many numbers a tensor of this shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
