import { describe, expect, it } from "vitest";
import { modelByName, modelNames } from "../../src/architecture/families/modelByName.js";
import type { Layer } from "../../src/architecture/layers/layer.js";
import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { planOf } from "../../src/network/executionPlan.js";

const shape = [4, 4, 2] as const;
const part = { kind: "stem" } as const;
const input: Layer = { name: "input", op: "input", inputs: [], attributes: {}, shape, part, label: "" };
const norm = (name: string, from: string): Layer => ({
  name,
  op: "batchNorm",
  inputs: [from],
  attributes: { momentum: 0.9, epsilon: 1e-3 },
  shape,
  part,
  label: "",
});
const relu = (name: string, from: string): Layer => ({
  name,
  op: "activation",
  inputs: [from],
  attributes: { kind: "relu" },
  shape,
  part,
  label: "",
});
const add = (name: string, ...inputs: string[]): Layer => ({
  name,
  op: "add",
  inputs,
  attributes: {},
  shape,
  part,
  label: "",
});

function told(layers: readonly Layer[], ...outputs: string[]) {
  const graph = { layers, outputs: outputs.map((layer) => ({ layer, kind: "logits" as const })) };
  return planOf(graph).layers.map(({ layer, activation, result, last }) => [
    layer.name,
    activation,
    result,
    last,
  ]);
}

describe("planOf", () => {
  it("lets an activation ride along with the batch norm that it alone reads", () => {
    expect(told([input, norm("n", "input"), relu("a", "n"), add("s", "a", "input")], "s")).toEqual([
      ["input", undefined, "input", []],
      ["n", "relu", "a", []],
      ["s", undefined, "s", ["a", "input"]],
    ]);
  });

  it("keeps an activation apart whose input others read too", () => {
    expect(told([input, norm("n", "input"), relu("a", "n"), add("s", "a", "n")], "s")).toEqual([
      ["input", undefined, "input", []],
      ["n", undefined, "n", ["input"]],
      ["a", undefined, "a", []],
      ["s", undefined, "s", ["a", "n"]],
    ]);
  });

  it("keeps an activation apart from a sum, and from a network's output", () => {
    const layers = [input, add("s", "input", "input"), relu("a", "s"), norm("n", "a"), relu("b", "n")];
    expect(told(layers, "n", "b")).toEqual([
      ["input", undefined, "input", []],
      ["s", undefined, "s", ["input"]],
      ["a", undefined, "a", ["s"]],
      ["n", undefined, "n", ["a"]],
      ["b", undefined, "b", []],
    ]);
  });

  it("never gives back an output, even one that is read on the way", () => {
    expect(told([input, norm("n", "input"), norm("m", "n")], "n", "m")).toEqual([
      ["input", undefined, "input", []],
      ["n", undefined, "n", ["input"]],
      ["m", undefined, "m", []],
    ]);
  });

  it.each(modelNames)(
    "gives back each result of %s once, after its last reader, and keeps only the outputs",
    (name) => {
      const graph = graphOf(modelByName(name));
      const { layers: steps } = planOf(graph);
      const alive = new Set<string>();
      for (const { layer, result, last } of steps) {
        for (const input of layer.inputs) expect(alive.has(input), `${input} for ${result}`).toBe(true);
        for (const done of last) expect(alive.delete(done)).toBe(true);
        alive.add(result);
      }
      expect([...alive].sort()).toEqual(graph.outputs.map(({ layer }) => layer).sort());
      const merged = steps.filter(({ activation }) => activation).length;
      expect(steps.length + merged).toBe(graph.layers.length);
    },
  );
});
