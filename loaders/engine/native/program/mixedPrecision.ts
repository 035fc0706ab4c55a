/** How an operation computes in a program whose convolutions are bfloat16. */
export interface BFloat16Form {
  /** The operation to use; one of ours where TensorFlow's own converts bfloat16 one value at a time. */
  readonly name: string;
  /** Whether an input, by its place, is of the operation's type `T`. The others keep their type. */
  readonly isOfType: (input: number) => boolean;
}

/** An input as this decision sees it. */
export interface TypedInput {
  readonly shape: readonly number[];
  /** Whether its values are there in bfloat16 already. */
  readonly rounded: boolean;
  /** The operation that gives it. */
  readonly from: string;
}

/** Convolutions and matrix products, where the processor multiplies bfloat16. */
const multiplying: ReadonlySet<string> = new Set([
  "Conv2D",
  "Conv2DBackpropInput",
  "Conv2DBackpropFilter",
  "MatMul",
  "BatchMatMulV2",
]);

/** Operations that move or compare values, or add to each one a value: bfloat16 if what they read is. */
const carrying: ReadonlySet<string> = new Set([
  "BiasAdd",
  "MaxPool",
  "MaxPoolGrad",
  "Reshape",
  "ResizeNearestNeighbor",
  "ResizeNearestNeighborGrad",
]);

const everyInput = (): boolean => true;

/**
 * The bfloat16 form of an operation, or undefined if it computes in float32: losses, box coding, statistics, the
 * optimiser, and whatever is not named here. Batch norm reads and writes bfloat16 maps and sums in float32.
 */
export function bfloat16Form(name: string, inputs: readonly TypedInput[]): BFloat16Form | undefined {
  if (multiplying.has(name)) return { name, isOfType: everyInput };
  const [first, second] = inputs;
  switch (name) {
    case "SpineNetBatchNorm":
      return first?.rounded ? { name, isOfType: (input) => input === 0 } : undefined;
    case "SpineNetBatchNormGrad":
      return first?.rounded ? { name, isOfType: (input) => input < 2 } : undefined;
    case "Add":
    case "AddV2":
    case "AddN": {
      const alike = inputs.every(({ rounded, shape }) => rounded && shape.join() === first?.shape.join());
      return alike && inputs.length > 1 ? { name: "SpineNetAdd", isOfType: everyInput } : undefined;
    }
    case "Relu":
      if (!first?.rounded) return undefined;
      // TensorFlow merges the ReLU after a bias into the convolution.
      return { name: first.from === "BiasAdd" ? name : "SpineNetRelu", isOfType: everyInput };
    case "ReluGrad":
      return second?.rounded ? { name: "SpineNetReluGrad", isOfType: everyInput } : undefined;
    default:
      return carrying.has(name) && first?.rounded ? { name, isOfType: everyInput } : undefined;
  }
}
