import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { sizeOf, tensorsOf } from "../../../src/architecture/layers/tensors.js";

describe("tensorsOf", () => {
  const tensors = tensorsOf(layersOf(modelByName("spinenet-49")));

  it("names each tensor once, after its layer", () => {
    expect(new Set(tensors.map(({ name }) => name)).size).toBe(tensors.length);
    expect(
      tensors.slice(0, 5).map(({ name, role, shape, trainable }) => [name, role, shape, trainable]),
    ).toEqual([
      ["stem/conv/kernel", "kernel", [7, 7, 3, 64], true],
      ["stem/norm/gamma", "gamma", [64], true],
      ["stem/norm/beta", "beta", [64], true],
      ["stem/norm/mean", "mean", [64], false],
      ["stem/norm/variance", "variance", [64], false],
    ]);
  });

  it("tells how many inputs a value sums over, and starts batch norm as the identity", () => {
    expect(tensors[0]).toMatchObject({ fanIn: 147, initializer: { kind: "variance-scaling" } });
    expect(tensors[1]?.initializer).toEqual({ kind: "constant", value: 1 });
    expect(tensors[2]?.initializer).toEqual({ kind: "constant", value: 0 });
  });

  it("gives a depthwise kernel one multiplier a channel", () => {
    const mobile = tensorsOf(layersOf(modelByName("spinenet-mobile-49")));
    expect(mobile.find(({ name }) => name === "block2/depthwise/kernel")).toMatchObject({
      shape: [3, 3, 144, 1],
      fanIn: 9,
    });
  });

  it("gives SpineNet-49 830 tensors, as many as the Model Garden has variables", () => {
    expect(tensors).toHaveLength(830);
  });
});

describe("sizeOf", () => {
  it("multiplies the sides, and is 1 for a scalar", () => {
    expect([sizeOf([3, 3, 2, 4]), sizeOf([7]), sizeOf([])]).toEqual([72, 7, 1]);
  });
});
