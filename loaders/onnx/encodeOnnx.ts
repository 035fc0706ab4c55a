import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { OnnxAttribute, OnnxInitializer, OnnxNode } from "./node.js";

/** Version of the operator set: the first in which Resize takes the sizes of some axes. */
export const operatorSet = 18;
/** Version of the file format that came with it. */
const formatVersion = 8;

/** Images per run; "batch" is any number. */
export type BatchSize = number | "batch";

interface OnnxValue {
  readonly name: string;
  readonly shape: readonly BatchSize[];
}

interface OnnxFile {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** TensorProto.DataType */
const dataTypes = { float: 1, int64: 7 } as const;
/** AttributeProto.AttributeType */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** The bytes of an ONNX file. Numbers of fields are those of onnx.proto. */
export function encodeOnnx({ nodes, initializers, inputs, outputs, metadata }: OnnxFile): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(formatVersion);
  text(writer, 2, "spinenet");
  message(writer, 7, () => {
    for (const node of nodes) message(writer, 1, () => writeNode(writer, node));
    text(writer, 2, "network");
    for (const initializer of initializers) message(writer, 5, () => writeTensor(writer, initializer));
    for (const input of inputs) message(writer, 11, () => writeValue(writer, input));
    for (const output of outputs) message(writer, 12, () => writeValue(writer, output));
  });
  message(writer, 8, () => writer.tag(2, WireType.Varint).int64(operatorSet));
  for (const [key, value] of Object.entries(metadata)) {
    message(writer, 14, () => {
      text(writer, 1, key);
      text(writer, 2, value);
    });
  }
  return writer.finish();
}

function writeNode(writer: BinaryWriter, { op, inputs, output, attributes = {} }: OnnxNode): void {
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

function writeAttribute(writer: BinaryWriter, attribute: OnnxAttribute): void {
  const type = (kind: number) => writer.tag(20, WireType.Varint).int32(kind);
  if ("float" in attribute) {
    writer.tag(2, WireType.Bit32).float(attribute.float);
    type(attributeTypes.float);
  } else if ("int" in attribute) {
    writer.tag(3, WireType.Varint).int64(attribute.int);
    type(attributeTypes.int);
  } else if ("string" in attribute) {
    text(writer, 4, attribute.string);
    type(attributeTypes.string);
  } else {
    for (const int of attribute.ints) writer.tag(8, WireType.Varint).int64(int);
    type(attributeTypes.ints);
  }
}

function writeTensor(writer: BinaryWriter, { name, shape, values }: OnnxInitializer): void {
  for (const size of shape) writer.tag(1, WireType.Varint).int64(size);
  const type = values instanceof Float32Array ? dataTypes.float : dataTypes.int64;
  writer.tag(2, WireType.Varint).int32(type);
  text(writer, 8, name);
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  writer.tag(9, WireType.LengthDelimited).bytes(bytes);
}

function writeValue(writer: BinaryWriter, { name, shape }: OnnxValue): void {
  text(writer, 1, name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      writer.tag(1, WireType.Varint).int32(dataTypes.float);
      message(writer, 2, () => {
        for (const size of shape) message(writer, 1, () => writeSize(writer, size));
      });
    }),
  );
}

function writeSize(writer: BinaryWriter, size: BatchSize): void {
  if (typeof size === "number") writer.tag(1, WireType.Varint).int64(size);
  else text(writer, 2, size);
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}
