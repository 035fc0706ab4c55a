import { describe, expect, it } from "vitest";
import type { OperationAttribute } from "../../../../../loaders/engine/native/nativeBackend.js";
import { recordedGraph } from "../../../../../loaders/engine/native/program/recordedGraph.js";
import type { Recording } from "../../../../../loaders/engine/native/program/recording.js";
import { attributeKinds } from "./watchedBackend.js";

const { TF_ATTR_STRING, TF_ATTR_INT, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_TYPE, TF_ATTR_SHAPE } =
  attributeKinds;

const feed = { type: 1, shape: [2] };

const recording = (attributes: readonly OperationAttribute[] = []): Recording => ({
  // Tensor 1 is fed, 2 and 3 are constants; 5 is computed and not needed.
  feeds: [1],
  constants: new Map([
    [2, { type: 1, shape: [], bytes: new Uint8Array(4) }],
    [3, { type: 1, shape: [], bytes: new Uint8Array(4) }],
  ]),
  operations: [
    { operation: "Mul", attributes, inputs: [1, 2], outputs: [4] },
    { operation: "Neg", attributes: [], inputs: [3], outputs: [5] },
    { operation: "Split", attributes: [], inputs: [4], outputs: [6, 7] },
  ],
  results: [7, 1],
});

describe("the graph of a recording", () => {
  it("holds what its results need, and names where each comes from", () => {
    const graph = recordedGraph(recording(), [feed], attributeKinds);
    expect(graph.nodes.map(({ name, inputs }) => [name, inputs])).toEqual([
      ["feed0", []],
      ["constant2", []],
      ["0/Mul", ["feed0:0", "constant2:0"]],
      ["2/Split", ["0/Mul:0"]],
    ]);
    expect(graph.feeds).toEqual(["feed0:0"]);
    expect(graph.fetches).toEqual(["2/Split:1", "feed0:0"]);
  });

  it("keeps the kinds of the attributes", () => {
    const attributes = [
      { name: "T", type: TF_ATTR_TYPE, value: 1 },
      { name: "data_format", type: TF_ATTR_STRING, value: "NHWC" },
      { name: "strides", type: TF_ATTR_INT, value: [1, 2, 2, 1] },
      { name: "N", type: TF_ATTR_INT, value: 2 },
      { name: "epsilon", type: TF_ATTR_FLOAT, value: 1 },
      { name: "keep_dims", type: TF_ATTR_BOOL, value: false },
      { name: "shape", type: TF_ATTR_SHAPE, value: [] },
    ];
    const { nodes } = recordedGraph(recording(attributes), [feed], attributeKinds);
    expect(nodes.find(({ operation }) => operation === "Mul")!.attributes).toEqual(
      new Map<string, unknown>([
        ["T", { type: 1 }],
        ["data_format", { string: "NHWC" }],
        ["strides", { ints: [1, 2, 2, 1] }],
        ["N", { int: 2 }],
        ["epsilon", { float: 1 }],
        ["keep_dims", { bool: false }],
        ["shape", { shape: [] }],
      ]),
    );
  });

  it("refuses an attribute of a kind that it cannot write", () => {
    const attributes = [{ name: "T", type: TF_ATTR_TYPE, value: "float" }];
    expect(() => recordedGraph(recording(attributes), [feed], attributeKinds)).toThrow(
      `The attribute "T" of kind ${TF_ATTR_TYPE} cannot be written into a graph.`,
    );
  });

  it("refuses a result that nothing in the recording makes", () => {
    expect(() => recordedGraph({ ...recording(), results: [99] }, [feed], attributeKinds)).toThrow(
      "does not say where tensor 99 comes from",
    );
  });
});
