import { BinaryReader } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { onnxModel } from "../../../loaders/onnx/onnxModel.js";
import type { Layer } from "../../../src/architecture/layers/layer.js";

/** A message's fields by number, their contents as bytes or numbers. */
function fieldsOf(bytes: Uint8Array): Map<number, (Uint8Array | number)[]> {
  const reader = new BinaryReader(bytes);
  const fields = new Map<number, (Uint8Array | number)[]>();
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const value = type === 2 ? reader.bytes() : type === 5 ? reader.float() : Number(reader.int64());
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

const message = (value: Uint8Array | number | undefined) => fieldsOf(value as Uint8Array);
const text = (value: Uint8Array | number | undefined) => new TextDecoder().decode(value as Uint8Array);

const window = {
  kernelSize: 3,
  padding: "same",
  bias: false,
  kernelInitializer: { kind: "constant", value: 0 },
} as const;

/** One strided convolution from 2 to 1 channels on 4 × 5 cells. */
const layers: Layer[] = [
  {
    name: "in",
    op: "input",
    inputs: [],
    attributes: {},
    shape: [4, 5, 2],
    part: { kind: "stem" },
    label: "",
  },
  {
    name: "c",
    op: "conv",
    inputs: ["in"],
    attributes: { ...window, stride: 2, filters: 1 },
    shape: [2, 3, 1],
    part: { kind: "stem" },
    label: "",
  },
];

describe("a network as ONNX", () => {
  // onnx.proto: the model's graph is field 7, its operators' versions 8; the graph's nodes are 1, its tensors 5.
  const kernel = Float32Array.from({ length: 18 }, (_, index) => index);
  const output = { kind: "class", level: 3, layer: "c" } as const;
  const model = fieldsOf(
    onnxModel({ layers, outputs: [output] }, new Map([["c/kernel", kernel]]), { batch: 7 }),
  );
  const graph = message(model.get(7)![0]);
  const nodes = graph.get(1)!.map(message);

  it("lists the layers as operators, and turns outputs to channels last", () => {
    expect(nodes.map((node) => text(node.get(4)![0]))).toEqual(["Identity", "Conv", "Transpose"]);
    expect(text(nodes[2]!.get(2)![0])).toBe("class_level3");
    expect(message(model.get(8)![0]).get(2)).toEqual([18]);
  });

  it("lays TensorFlow's 'same' zeros around, more of them after than before", () => {
    const attributes = new Map(
      nodes[1]!.get(5)!.map((bytes) => [text(message(bytes).get(1)![0]), message(bytes).get(8)]),
    );
    // Rows: (2 − 1) · 2 + 3 − 4 = 1, none before; columns: (3 − 1) · 2 + 3 − 5 = 2, one before. Top, left, bottom, right.
    expect(attributes.get("pads")).toEqual([0, 1, 1, 1]);
    expect(attributes.get("strides")).toEqual([2, 2]);
  });

  it("turns a kernel from HWIO to OIHW", () => {
    const tensor = message(graph.get(5)![0]);
    expect(tensor.get(1)).toEqual([1, 2, 3, 3]);
    const bytes = (tensor.get(9)![0] as Uint8Array).slice();
    // Tap t of input i stands at 2 t + i in HWIO: first all taps of input 0, then those of input 1.
    expect([...new Float32Array(bytes.buffer)]).toEqual([
      0, 2, 4, 6, 8, 10, 12, 14, 16, 1, 3, 5, 7, 9, 11, 13, 15, 17,
    ]);
  });
});
