import { describe, expect, it } from "vitest";
import {
  graphDefinition,
  type NodeAttribute,
} from "../../../../../loaders/engine/native/program/graphDefinition.js";

/** The bytes as text, two digits each. */
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** A graph of one node "n" of operation "O" with one attribute "a". */
const withAttribute = (attribute: NodeAttribute) =>
  hex(graphDefinition([{ name: "n", operation: "O", inputs: [], attributes: new Map([["a", attribute]]) }]));

// Field numbers and wire types of tensorflow/core/framework's graph, node_def, attr_value, tensor and
// tensor_shape .proto files; a tag is field · 8 + type, a text or message is its length and then its bytes.
// GraphDef ends with versions (4) holding producer (1), 1087 as a varint: bf 08.
const versions = "220308bf08";

describe("a graph's definition", () => {
  it("names node, operation and inputs", () => {
    // node (1), 12 bytes: name (1) "n", operation (2) "O", inputs (3) "x:0" each.
    const bytes = graphDefinition([{ name: "n", operation: "O", inputs: ["x:0"], attributes: new Map() }]);
    expect(hex(bytes)).toBe(`0a0b${"0a016e"}${"12014f"}${"1a03783a30"}${versions}`);
  });

  it.each<[string, NodeAttribute, string]>([
    ["a text", { string: "ab" }, "12026162"],
    ["an integer", { int: 3 }, "1803"],
    // int64 −1 is ten bytes of ones.
    ["a negative integer", { int: -1 }, "18ffffffffffffffffff01"],
    // 1.5 is 0x3fc00000, little-endian.
    ["a number", { float: 1.5 }, "250000c03f"],
    ["a boolean", { bool: true }, "2801"],
    ["a type", { type: 3 }, "3003"],
    // shape (7): a dimension (2) each, with size (1).
    ["a shape", { shape: [2, 300] }, "3a09120208021203" + "08ac02"],
    // list (1) of i (3).
    ["integers", { ints: [1, 2] }, "0a0418011802"],
    // tensor (8): dtype (1), shape (2) of one dimension, content (4).
    [
      "a tensor",
      { tensor: { type: 3, shape: [1], bytes: Uint8Array.of(7, 0, 0, 0) } },
      "420e08031204120208012204" + "07000000",
    ],
  ])("writes %s", (_, attribute, value) => {
    const length = (text: string) => (text.length / 2).toString(16).padStart(2, "0");
    // attr (5) is a map's entry: key (1) "a", value (2).
    const entry = `0a016112${length(value)}${value}`;
    const node = `0a016e12014f2a${length(entry)}${entry}`;
    expect(withAttribute(attribute)).toBe(`0a${length(node)}${node}${versions}`);
  });
});
