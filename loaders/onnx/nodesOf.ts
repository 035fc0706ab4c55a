import type {
  ActivationKind,
  ConvolutionAttributes,
  Layer,
  Shape,
} from "../../src/architecture/layers/layer.js";
import { weightsName } from "../../src/architecture/layers/tensors.js";
import { hardSigmoidSlope } from "../../src/network/activation.js";
import type { OnnxInitializer, OnnxNode } from "./node.js";

interface Added {
  readonly nodes: readonly OnnxNode[];
  readonly initializers?: readonly OnnxInitializer[];
}

/**
 * The operators that compute a layer at inference, and the constants they need besides the layer's tensors.
 *
 * @param shapes of all layers' outputs, by name
 */
export function nodesOf(layer: Layer, shapes: ReadonlyMap<string, Shape>): Added {
  const { name: output, inputs } = layer;
  const input = inputs[0]!;
  const prefix = weightsName(layer);
  const before = shapes.get(input) ?? [];
  const one = operatorOn(input, output);
  switch (layer.op) {
    case "input":
      return { nodes: [{ op: "Identity", inputs: ["images"], output }] };
    case "conv":
    case "depthwiseConv": {
      const groups = layer.op === "conv" ? 1 : before[2]!;
      const weights = layer.attributes.bias ? [`${prefix}/kernel`, `${prefix}/bias`] : [`${prefix}/kernel`];
      return one("Conv", { ...windowOf(layer.attributes, before), group: { int: groups } }, weights);
    }
    case "batchNorm": {
      const parts = ["gamma", "beta", "mean", "variance"].map((part) => `${prefix}/${part}`);
      return one("BatchNormalization", { epsilon: { float: layer.attributes.epsilon } }, parts);
    }
    case "activation":
      return activationOf(layer.attributes.kind, input, output);
    case "maxPool": {
      const { size, stride } = layer.attributes;
      return one("MaxPool", windowOf({ kernelSize: size, stride, padding: "same" }, before));
    }
    case "resizeNearest":
      return resized(input, output, layer.shape);
    case "add":
      return one(inputs.length === 2 ? "Add" : "Sum", {}, inputs.slice(1));
    case "multiply":
      return one("Mul", {}, inputs.slice(1));
    case "scale": {
      const factor = `${output}/factor`;
      const initializers = [{ name: factor, shape: [], values: Float32Array.of(layer.attributes.factor) }];
      return { ...one("Mul", {}, [factor]), initializers };
    }
    case "globalAveragePool":
      return one("GlobalAveragePool");
    case "dense": {
      const flat = `${output}/flat`;
      const weights = [`${prefix}/kernel`, `${prefix}/bias`];
      return {
        nodes: [
          { op: "Flatten", inputs: [input], output: flat },
          { op: "Gemm", inputs: [flat, ...weights], output },
        ],
      };
    }
    case "dropConnect":
      // Nothing is dropped at inference.
      return one("Identity");
  }
}

/** Makes a layer of a single operator, which reads `input` first. */
function operatorOn(input: string, output: string) {
  return (op: string, attributes: OnnxNode["attributes"] = {}, others: readonly string[] = []): Added => ({
    nodes: [{ op, inputs: [input, ...others], output, attributes }],
  });
}

function activationOf(kind: ActivationKind, input: string, output: string): Added {
  const one = operatorOn(input, output);
  switch (kind) {
    case "relu":
      return one("Relu");
    case "relu6": {
      const [low, high] = [`${output}/low`, `${output}/high`];
      const initializers = [
        { name: low, shape: [], values: Float32Array.of(0) },
        { name: high, shape: [], values: Float32Array.of(6) },
      ];
      return { ...one("Clip", {}, [low, high]), initializers };
    }
    case "sigmoid":
      return one("Sigmoid");
    case "swish":
      return {
        nodes: [
          { op: "Sigmoid", inputs: [input], output: `${output}/gate` },
          { op: "Mul", inputs: [input, `${output}/gate`], output },
        ],
      };
    case "hard-sigmoid":
      // The operator's own slope is 0.2.
      return one("HardSigmoid", {
        alpha: { float: hardSigmoidSlope },
        beta: { float: 3 * hardSigmoidSlope },
      });
    case "hard-swish":
      return one("HardSwish");
  }
}

/** By its size, not its scale: 4 cells are resized to 7 too, whose ratio float32 does not have. */
function resized(input: string, output: string, [height, width]: Shape): Added {
  const sizes = `${output}/sizes`;
  const attributes = {
    axes: { ints: [2, 3] },
    mode: { string: "nearest" },
    coordinate_transformation_mode: { string: "asymmetric" },
    nearest_mode: { string: "floor" },
  };
  return {
    nodes: [{ op: "Resize", inputs: [input, "", "", sizes], output, attributes }],
    initializers: [{ name: sizes, shape: [2], values: BigInt64Array.of(BigInt(height), BigInt(width!)) }],
  };
}

type Window = Pick<ConvolutionAttributes, "kernelSize" | "stride" | "padding">;

function windowOf({ kernelSize, stride, padding }: Window, before: readonly number[]) {
  return {
    kernel_shape: { ints: [kernelSize, kernelSize] },
    strides: { ints: [stride, stride] },
    pads: { ints: padding === "same" ? samePadding(before, kernelSize, stride) : sidesOf(padding) },
  };
}

/** TensorFlow's "same", as ONNX lists pads: top, left, bottom, right. */
function samePadding(size: readonly number[], kernel: number, stride: number): number[] {
  const [rows, columns] = [size[0]!, size[1]!].map((length) =>
    Math.max((Math.ceil(length / stride) - 1) * stride + kernel - length, 0),
  ) as [number, number];
  const [top, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return [top, left, rows - top, columns - left];
}

function sidesOf([[top, bottom], [left, right]]: Exclude<Window["padding"], "same">): number[] {
  return [top, left, bottom, right];
}
