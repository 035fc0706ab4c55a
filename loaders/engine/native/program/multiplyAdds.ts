type Shape = readonly number[];

const sizeOf = (shape: Shape) => shape.reduce((size, dimension) => size * dimension, 1);

/** What one value of a convolution's output takes of each filter, `[height, width, channels, filters]`. */
const windowOf = ([height = 0, width = 0, channels = 0]: Shape) => height * width * channels;

/** How many values the last two dimensions hold. */
const matrixSizeOf = (shape: Shape) => sizeOf(shape.slice(-2));

const windowOfChannel = ([height = 0, width = 0]: Shape) => height * width;

/**
 * How many multiplications with an addition one of TensorFlow's operations takes, counted in convolutions and matrix
 * products alone: nearly all of a network's work is in them. A gradient takes as many as its convolution.
 */
export function multiplyAddsOf(
  operation: string,
  inputs: readonly Shape[],
  outputs: readonly Shape[],
): number {
  const [first = [], second = [], third = []] = inputs;
  const [result = []] = outputs;
  switch (operation) {
    case "Conv2D":
      return sizeOf(result) * windowOf(second);
    case "Conv2DBackpropInput":
      return sizeOf(third) * windowOf(second);
    case "Conv2DBackpropFilter":
      return sizeOf(third) * windowOf(result);
    case "DepthwiseConv2dNative":
      return sizeOf(result) * windowOfChannel(second);
    case "DepthwiseConv2dNativeBackpropInput":
      return sizeOf(third) * windowOfChannel(second);
    case "DepthwiseConv2dNativeBackpropFilter":
      return sizeOf(third) * windowOfChannel(result);
    case "BatchMatMulV2":
    case "MatMul":
      // The depth, which the factors share, follows from all three sizes, whichever factor is transposed.
      return sizeOf(result) * Math.sqrt((matrixSizeOf(first) * matrixSizeOf(second)) / matrixSizeOf(result));
    default:
      return 0;
  }
}
