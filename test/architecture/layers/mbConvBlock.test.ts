import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { layersNamed, told } from "./layersNamed.js";

describe("MBConv blocks", () => {
  it("expand six times, squeeze to a fifth of their input and add only where nothing changed", () => {
    const layers = layersOf(modelByName("spinenet-mobile-49"));
    const body = (id: number): string[] =>
      layersNamed(layers, `block${id}/`)
        .filter(({ name }) => !/parent|fuse/.test(name))
        .map(told);
    // 24 × 6 = 144; 24 × 0.2 = 4.8, truncated to 4.
    expect(body(2)).toEqual([
      "conv 1×1/1 → 96×96×144",
      "batchNorm → 96×96×144",
      "activation swish → 96×96×144",
      "depthwiseConv 3×3/1 → 96×96×144",
      "batchNorm → 96×96×144",
      "activation swish → 96×96×144",
      "globalAveragePool → 1×1×144",
      "conv 1×1/1 → 1×1×4",
      "activation relu → 1×1×4",
      "conv 1×1/1 → 1×1×144",
      "activation hard-sigmoid → 1×1×144",
      "multiply → 96×96×144",
      "conv 1×1/1 → 96×96×24",
      "batchNorm → 96×96×24",
      "add → 96×96×24",
    ]);
    expect(body(0).at(-1)).toBe("batchNorm → 192×192×16");
  });
});
