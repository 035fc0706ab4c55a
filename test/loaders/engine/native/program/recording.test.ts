import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../../../../loaders/engine/native/program/graphBuilder.js";
import { record } from "../../../../../loaders/engine/native/program/recording.js";
import { fakeLibrary, numbered } from "./fakeLibrary.js";

/** A library with two tensors that were there before: number 0 holds 10, number 1 holds 20. */
function prepared() {
  const library = fakeLibrary([10, 20]);
  return { ...library, graph: new GraphBuilder(library.addon, library.backend.binding, "float32") };
}

describe("a recording", () => {
  it("adds what is asked for to the graph, and runs nothing", () => {
    const { backend, graph, added } = prepared();
    const { feeds, results } = record(backend, graph, [numbered(0)], () => {
      const [fed, outside] = backend.getInputTensorIds([numbered(0), numbered(1)]);
      const sum = backend.binding.executeOp("Add", [], [fed!, outside!], 1)[0]!;
      const one = backend.binding.createTensor([], 1, Float32Array.of(1));
      return [numbered(backend.binding.executeOp("Mul", [], [sum.id, one], 1)[0]!.id)];
    });
    // The feed is a placeholder, whatever it holds; what else was there comes in as the constant 20.
    expect(added.map(({ operation, inputs, values }) => [operation, inputs, values])).toEqual([
      ["Placeholder", [], undefined],
      ["Const", [], [20]],
      ["Add", [0, 0, 1, 0], undefined],
      ["Const", [], [1]],
      ["Mul", [2, 0, 3, 0], undefined],
    ]);
    expect(feeds).toEqual([{ operation: 0, output: 0 }]);
    expect(results).toEqual([{ operation: 4, output: 0 }]);
  });

  it("gives its own tensors numbers that tfjs-node neither deletes nor takes for waiting ones", () => {
    const { backend, graph } = prepared();
    record(backend, graph, [], () => {
      const first = backend.binding.createTensor([], 1, Float32Array.of(1));
      const second = backend.binding.createTensor([], 1, Float32Array.of(2));
      expect([first, second]).toEqual([-2, -3]);
      return [numbered(first)];
    });
  });

  it("refuses to have a value of its own read, and reads others as before", () => {
    const { backend, graph } = prepared();
    const reading = (id: number) => () =>
      record(backend, graph, [numbered(0)], () => {
        backend.binding.executeOp("Neg", [], [0], 1);
        expect(backend.binding.tensorDataSync(1)).toEqual(Float32Array.of(20));
        backend.binding.tensorDataSync(id);
        return [];
      });
    expect(reading(-2)).toThrow("reads the values of a tensor; it may only compute with them");
    expect(reading(0)).toThrow("reads the values of a tensor; it may only compute with them");
  });

  it("leaves the backend as it was, also when the computation fails", () => {
    const { backend, graph } = prepared();
    const { binding, getInputTensorIds } = backend;
    expect(() =>
      record(backend, graph, [], () => {
        throw new Error("no luck");
      }),
    ).toThrow("no luck");
    expect(backend.binding).toBe(binding);
    expect(backend.getInputTensorIds).toBe(getInputTensorIds);
  });
});
