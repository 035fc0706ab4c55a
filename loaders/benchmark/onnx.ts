import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { ActivationKind, Layer } from "../../src/architecture/layers/layer.js";
import type { Graph } from "../../src/architecture/layers/layersOf.js";
import { type TensorSpec, tensorsOf, weightsName } from "../../src/architecture/layers/tensors.js";
import type { Values } from "../../src/network/initialise.js";

/** Version of the operator set: 17 has everything used here. */
const operatorSet = 17;
/** Version of the matching file format. */
const formatVersion = 8;
/** TensorProto.DataType.FLOAT */
const float = 1;

/** An attribute of a node; the key says its type. */
type Attribute =
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly string: string };

interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

interface Initializer {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * A network as an ONNX file, for other runtimes. Its input is "images", `[batch, 3, height, width]`; its outputs are named
 * after their layers, `[batch, height, width, channels]`, as in our networks.
 *
 * @throws Error naming a layer of an unsupported kind.
 */
export function onnxModel({ layers, outputs }: Graph, values: Values, batch: number): Uint8Array {
  const specs = new Map(tensorsOf(layers).map((spec) => [spec.name, spec]));
  const initializers = [...specs.values()].map((spec) => initializerOf(spec, values.get(spec.name)!));
  const sizes = new Map(layers.map(({ name, shape }) => [name, shape]));
  const nodes = layers.flatMap((layer) => nodesOf(layer, sizes, initializers));
  const transposed = outputs.map(({ layer }) => `${layer}/nhwc`);
  outputs.forEach(({ layer }, index) => {
    const attributes = { perm: { ints: [0, 2, 3, 1] } };
    nodes.push({ op: "Transpose", inputs: [layer], output: transposed[index]!, attributes });
  });
  const [height, width, channels] = layers[0]!.shape as readonly [number, number, number];
  return modelBytes(nodes, initializers, [batch, channels, height, width], transposed);
}

function nodesOf(
  layer: Layer,
  sizes: ReadonlyMap<string, Layer["shape"]>,
  initializers: Initializer[],
): Node[] {
  const { name: output, inputs } = layer;
  const prefix = weightsName(layer);
  const before = sizes.get(inputs[0] ?? "") ?? [];
  switch (layer.op) {
    case "input":
      return [{ op: "Identity", inputs: ["images"], output }];
    case "conv": {
      const { kernelSize, stride, padding, bias } = layer.attributes;
      const weights = bias ? [`${prefix}/kernel`, `${prefix}/bias`] : [`${prefix}/kernel`];
      const attributes = {
        kernel_shape: { ints: [kernelSize, kernelSize] },
        strides: { ints: [stride, stride] },
        pads: { ints: padding === "same" ? samePadding(before, kernelSize, stride) : sides(padding) },
      };
      return [{ op: "Conv", inputs: [inputs[0]!, ...weights], output, attributes }];
    }
    case "batchNorm": {
      const parts = ["gamma", "beta", "mean", "variance"].map((part) => `${prefix}/${part}`);
      const attributes = { epsilon: { float: layer.attributes.epsilon } };
      return [{ op: "BatchNormalization", inputs: [inputs[0]!, ...parts], output, attributes }];
    }
    case "activation":
      return activationNodes(layer.attributes.kind, inputs[0]!, output);
    case "maxPool": {
      const { size, stride } = layer.attributes;
      const attributes = {
        kernel_shape: { ints: [size, size] },
        strides: { ints: [stride, stride] },
        pads: { ints: samePadding(before, size, stride) },
      };
      return [{ op: "MaxPool", inputs: [inputs[0]!], output, attributes }];
    }
    case "resizeNearest": {
      const scales = `${output}/scales`;
      const [rows, columns] = [0, 1].map((axis) => layer.shape[axis]! / before[axis]!);
      initializers.push({ name: scales, shape: [4], values: Float32Array.of(1, 1, rows!, columns!) });
      const attributes = {
        mode: { string: "nearest" },
        coordinate_transformation_mode: { string: "asymmetric" },
        nearest_mode: { string: "floor" },
      };
      return [{ op: "Resize", inputs: [inputs[0]!, "", scales], output, attributes }];
    }
    case "add":
      return [{ op: inputs.length === 2 ? "Add" : "Sum", inputs, output }];
    default:
      throw new Error(`A layer of kind "${layer.op}" (${layer.name}) is not written to ONNX.`);
  }
}

function activationNodes(kind: ActivationKind, input: string, output: string): Node[] {
  switch (kind) {
    case "relu":
      return [{ op: "Relu", inputs: [input], output }];
    case "sigmoid":
      return [{ op: "Sigmoid", inputs: [input], output }];
    case "swish":
      return [
        { op: "Sigmoid", inputs: [input], output: `${output}/gate` },
        { op: "Mul", inputs: [input, `${output}/gate`], output },
      ];
    default:
      throw new Error(`The activation ${kind} is not written to ONNX.`);
  }
}

/** TensorFlow's "same", as ONNX lists pads: top, left, bottom, right. */
function samePadding(size: readonly number[], kernel: number, stride: number): number[] {
  const [rows, columns] = [size[0]!, size[1]!].map((length) =>
    Math.max((Math.ceil(length / stride) - 1) * stride + kernel - length, 0),
  ) as [number, number];
  const [top, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return [top, left, rows - top, columns - left];
}

function sides([[top, bottom], [left, right]]: readonly [readonly number[], readonly number[]]): number[] {
  return [top!, left!, bottom!, right!];
}

/** Kernels are transposed from HWIO to OIHW. */
function initializerOf({ name, role, shape }: TensorSpec, values: Float32Array): Initializer {
  if (role !== "kernel" || shape.length !== 4) return { name, shape, values };
  const [height, width, ins, outs] = shape as [number, number, number, number];
  const turned = new Float32Array(values.length);
  const taps = height * width;
  for (let tap = 0; tap < taps; tap++) {
    for (let i = 0; i < ins; i++) {
      for (let o = 0; o < outs; o++) {
        turned[(o * ins + i) * taps + tap] = values[(tap * ins + i) * outs + o]!;
      }
    }
  }
  return { name, shape: [outs, ins, height, width], values: turned };
}

// Field numbers of onnx.proto.

function modelBytes(
  nodes: readonly Node[],
  initializers: readonly Initializer[],
  inputShape: readonly number[],
  outputs: readonly string[],
): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(formatVersion);
  message(writer, 7, () => {
    for (const node of nodes) message(writer, 1, () => writeNode(writer, node));
    text(writer, 2, "network");
    for (const initializer of initializers) message(writer, 5, () => writeTensor(writer, initializer));
    message(writer, 11, () => writeValueInfo(writer, "images", inputShape));
    for (const output of outputs) message(writer, 12, () => writeValueInfo(writer, output));
  });
  message(writer, 8, () => writer.tag(2, WireType.Varint).int64(operatorSet));
  return writer.finish();
}

function writeNode(writer: BinaryWriter, { op, inputs, output, attributes = {} }: Node): void {
  for (const input of inputs) text(writer, 1, input);
  text(writer, 2, output);
  text(writer, 3, output);
  text(writer, 4, op);
  for (const [name, attribute] of Object.entries(attributes)) {
    message(writer, 5, () => {
      text(writer, 1, name);
      writeAttribute(writer, attribute);
    });
  }
}

function writeAttribute(writer: BinaryWriter, attribute: Attribute): void {
  const type = (kind: number) => writer.tag(20, WireType.Varint).int32(kind);
  if ("float" in attribute) {
    writer.tag(2, WireType.Bit32).float(attribute.float);
    type(1);
  } else if ("string" in attribute) {
    text(writer, 4, attribute.string);
    type(3);
  } else {
    for (const int of attribute.ints) writer.tag(8, WireType.Varint).int64(int);
    type(7);
  }
}

function writeTensor(writer: BinaryWriter, { name, shape, values }: Initializer): void {
  for (const size of shape) writer.tag(1, WireType.Varint).int64(size);
  writer.tag(2, WireType.Varint).int32(float);
  text(writer, 8, name);
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  writer.tag(9, WireType.LengthDelimited).bytes(bytes);
}

function writeValueInfo(writer: BinaryWriter, name: string, shape?: readonly number[]): void {
  text(writer, 1, name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      writer.tag(1, WireType.Varint).int32(float);
      if (!shape) return;
      message(writer, 2, () => {
        for (const size of shape) message(writer, 1, () => writer.tag(1, WireType.Varint).int64(size));
      });
    }),
  );
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}
