import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../../../../loaders/engine/native/program/graphBuilder.js";
import { fakeLibrary } from "./fakeLibrary.js";

describe("a graph builder", () => {
  it("numbers operations, placeholders and constants in their order, and their outputs", () => {
    const { addon, backend, added, deleted } = fakeLibrary([], {
      Split: [
        { dtype: 1, shape: [2] },
        { dtype: 1, shape: [3] },
      ],
    });
    const graph = new GraphBuilder(addon, backend.binding, "float32");
    const fed = graph.placeholder(1, [5]);
    const seven = graph.constant(1, [], Float32Array.of(7));
    const [, second] = graph.operation("Split", [], [fed, seven]);
    expect(second).toEqual({ place: { operation: 2, output: 1 }, dtype: 1, shape: [3] });
    graph.operation("Neg", [], [second!]);
    expect(graph.operations).toBe(4);
    expect(added.map(({ operation, inputs, values }) => [operation, inputs, values])).toEqual([
      ["Placeholder", [], undefined],
      ["Const", [], [7]],
      ["Split", [0, 0, 1, 0], undefined],
      ["Neg", [2, 1], undefined],
    ]);
    expect(added[0]!.attributes).toEqual([
      { name: "dtype", type: 4, value: 1 },
      { name: "shape", type: 5, value: [5] },
    ]);
    expect(deleted).toHaveLength(1);
  });

  it("takes the first N inputs as one list", () => {
    const { addon, backend, added } = fakeLibrary([]);
    const graph = new GraphBuilder(addon, backend.binding, "float32");
    const [a, b, axis] = [1, 2, 0].map((value) => graph.constant(1, [], Float32Array.of(value)));
    graph.operation("ConcatV2", [{ name: "N", type: 1, value: 2 }], [a!, b!, axis!]);
    expect(added.at(-1)!.list).toBe(2);
  });

  it("refuses a result whose shape depends on values, but for one that only its gradient takes", () => {
    const { addon, backend } = fakeLibrary([], {
      Where: [{ dtype: 1, shape: [-1, 2] }],
      Unique: [{ dtype: 1, shape: null }],
      FusedBatchNormV3: [{ dtype: 1, shape: null }],
    });
    const graph = new GraphBuilder(addon, backend.binding, "float32");
    for (const name of ["Where", "Unique"]) {
      expect(() => graph.operation(name, [], [])).toThrow(
        `The shape of what ${name} gives depends on values, so no program can be made of it.`,
      );
    }
    expect(graph.operation("FusedBatchNormV3", [], [])[0]!.shape).toEqual([0]);
  });

  it("casts to bfloat16 before a convolution and back after it, once per value", () => {
    const bfloat16 = (shape: number[]) => [{ dtype: 14, shape }];
    const { addon, backend, added } = fakeLibrary([], {
      Conv2D: bfloat16([1, 2, 2, 4]),
      // The casts: x, its filter, the convolution's result.
      Cast: bfloat16([1]),
    });
    const graph = new GraphBuilder(addon, backend.binding, "bfloat16");
    const [x, filter] = [1, 2].map((value) => graph.constant(1, [], Float32Array.of(value)));
    const type = { name: "T", type: 4, value: 1 };
    const [y] = graph.operation("Conv2D", [type], [x!, filter!]);
    graph.operation("Conv2D", [type], [x!, filter!]);
    // tfjs knows nothing of bfloat16.
    expect(y!.dtype).toBe(1);
    graph.operation("Softplus", [type], [y!]);
    graph.operation("Neg", [type], [y!]);
    expect(added.map(({ operation, inputs }) => [operation, inputs])).toEqual([
      ["Const", []],
      ["Const", []],
      ["Cast", [0, 0]],
      ["Cast", [1, 0]],
      ["Conv2D", [2, 0, 3, 0]],
      ["Conv2D", [2, 0, 3, 0]],
      ["Cast", [4, 0]],
      ["Softplus", [6, 0]],
      ["Neg", [6, 0]],
    ]);
    expect(added[4]!.attributes).toEqual([{ ...type, value: 14 }]);
    expect(added[7]!.attributes).toEqual([type]);
    expect(added[2]!.attributes.map(({ value }) => value)).toEqual([1, 14]);
    expect(added[6]!.attributes.map(({ value }) => value)).toEqual([14, 1]);
    expect(graph.floatPlace(y!)).toEqual({ operation: 6, output: 0 });
  });
});
