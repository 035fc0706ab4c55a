import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** Values of one dense tensor, as a `Const` node holds them: little-endian, row by row. */
export interface ConstantValues {
  /** TensorFlow's number for the type. */
  readonly type: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** One attribute of a node; the keys are the fields of TensorFlow's AttrValue. */
export type NodeAttribute =
  | { readonly string: string }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly type: number }
  | { readonly shape: readonly number[] }
  | { readonly ints: readonly number[] }
  | { readonly tensor: ConstantValues };

export interface GraphNode {
  readonly name: string;
  readonly operation: string;
  /** `node:output` each. */
  readonly inputs: readonly string[];
  readonly attributes: ReadonlyMap<string, NodeAttribute>;
}

/**
 * The version of graph semantics that the nodes are written for: TensorFlow 2.9's, the oldest library that
 * tfjs-node 4.22 was published with. Newer libraries read it.
 */
const producer = 1087;

/** Nodes as a serialised GraphDef (tensorflow/core/framework/graph.proto). */
export function graphDefinition(nodes: readonly GraphNode[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const node of nodes) message(writer, 1, () => writeNode(writer, node));
  message(writer, 4, () => writer.tag(1, WireType.Varint).int32(producer));
  return writer.finish();
}

function writeNode(writer: BinaryWriter, { name, operation, inputs, attributes }: GraphNode): void {
  writer.tag(1, WireType.LengthDelimited).string(name);
  writer.tag(2, WireType.LengthDelimited).string(operation);
  for (const input of inputs) writer.tag(3, WireType.LengthDelimited).string(input);
  for (const [key, value] of attributes) {
    message(writer, 5, () => {
      writer.tag(1, WireType.LengthDelimited).string(key);
      message(writer, 2, () => writeAttribute(writer, value));
    });
  }
}

function writeAttribute(writer: BinaryWriter, attribute: NodeAttribute): void {
  if ("string" in attribute) writer.tag(2, WireType.LengthDelimited).string(attribute.string);
  else if ("int" in attribute) writer.tag(3, WireType.Varint).int64(attribute.int);
  else if ("float" in attribute) writer.tag(4, WireType.Bit32).float(attribute.float);
  else if ("bool" in attribute) writer.tag(5, WireType.Varint).bool(attribute.bool);
  else if ("type" in attribute) writer.tag(6, WireType.Varint).int32(attribute.type);
  else if ("shape" in attribute) message(writer, 7, () => writeShape(writer, attribute.shape));
  else if ("ints" in attribute) {
    message(writer, 1, () => {
      for (const int of attribute.ints) writer.tag(3, WireType.Varint).int64(int);
    });
  } else {
    const { type, shape, bytes } = attribute.tensor;
    message(writer, 8, () => {
      writer.tag(1, WireType.Varint).int32(type);
      message(writer, 2, () => writeShape(writer, shape));
      writer.tag(4, WireType.LengthDelimited).bytes(bytes);
    });
  }
}

function writeShape(writer: BinaryWriter, shape: readonly number[]): void {
  for (const size of shape) message(writer, 2, () => writer.tag(1, WireType.Varint).int64(size));
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}
