import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { layersNamed, told } from "./layersNamed.js";

describe("squeeze and excitation", () => {
  it("gates with swish and sigmoid where weights come from TF1", () => {
    const layers = layersOf(modelByName("spinenet-mobile-49", { padding: "symmetric" }));
    expect(layersNamed(layers, "block2/squeezeActivation").map(told)).toEqual(["activation swish → 1×1×4"]);
    expect(layersNamed(layers, "block2/gate").map(told)).toEqual(["activation sigmoid → 1×1×144"]);
  });
});
