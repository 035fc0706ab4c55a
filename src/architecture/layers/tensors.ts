import type { Initializer, Layer } from "./layer.js";

/** What a tensor is to its layer. */
type TensorRole = "kernel" | "bias" | "gamma" | "beta" | "mean" | "variance";

/** One tensor of a network's weights. */
export interface TensorSpec {
  /** `<layer>/<role>`. */
  readonly name: string;
  readonly role: TensorRole;
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
  const channels = channelsOf(layers);
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

/** Channels of each layer's output, by layer name. */
export function channelsOf(layers: readonly Layer[]): Map<string, number> {
  return new Map(layers.map(({ name, shape }) => [name, shape.at(-1)!]));
}

/** @param inputs channels that it reads */
export function tensorsOfLayer(layer: Layer, inputs: number): TensorSpec[] {
  const tensor = (
    role: TensorRole,
    shape: readonly number[],
    initializer: Initializer,
    { fanIn = 1, trainable = true } = {},
  ): TensorSpec => ({ name: `${weightsName(layer)}/${role}`, role, shape, trainable, initializer, fanIn });
  switch (layer.op) {
    case "conv":
    case "depthwiseConv": {
      const { kernelSize, kernelInitializer, bias, biasInitializer = zero } = layer.attributes;
      const [ins, outs] = layer.op === "conv" ? [inputs, layer.attributes.filters] : [1, inputs];
      const shape = [kernelSize, kernelSize, ...(layer.op === "conv" ? [ins, outs] : [outs, ins])];
      const kernel = tensor("kernel", shape, kernelInitializer, { fanIn: kernelSize ** 2 * ins });
      return bias ? [kernel, tensor("bias", [outs], biasInitializer)] : [kernel];
    }
    case "dense": {
      const { units, kernelInitializer } = layer.attributes;
      return [
        tensor("kernel", [inputs, units], kernelInitializer, { fanIn: inputs }),
        tensor("bias", [units], zero),
      ];
    }
    case "batchNorm":
      return [
        tensor("gamma", [inputs], one),
        tensor("beta", [inputs], zero),
        tensor("mean", [inputs], zero, { trainable: false }),
        tensor("variance", [inputs], one, { trainable: false }),
      ];
    default:
      return [];
  }
}

/** How many numbers a tensor of this shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
