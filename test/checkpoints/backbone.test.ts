import { describe, expect, it } from "vitest";
import { modelByName } from "../../src/architecture/families/modelByName.js";
import { layersOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import { decodeBackbone, encodeBackbone } from "../../src/checkpoints/backbone.js";
import { decodeSafetensors, encodeSafetensors } from "../../src/checkpoints/safetensors.js";
import { decodeWeights, encodeWeights, type Weights } from "../../src/checkpoints/weights.js";
import { initialValues } from "../../src/network/initialise.js";

const model = modelByName("resnet-50-fpn", {
  size: 64,
  width: 0.1,
  endpoints: 4,
  headFilters: 4,
  classes: 3,
});
const weights: Weights = {
  model,
  values: initialValues(tensorsOf(layersOf(model)), 1),
  classes: [{ channel: 2, categoryId: 7, name: "dog" }],
  preprocessing: { mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.2, 0.2] },
  run: "tiny-seed1",
};
const file = encodeBackbone(weights, "F32");

describe("a backbone's file", () => {
  it("has the tensors of backbone and pyramid, bit for bit, and none of the head's", () => {
    const { values, run, model: read } = decodeBackbone(file, "b");
    expect({ run, read }).toEqual({ run: "tiny-seed1", read: model });
    expect([...values.keys()]).toEqual(
      [...weights.values.keys()].filter((name) => !name.startsWith("head/")),
    );
    for (const [name, value] of values) expect(value, name).toEqual(weights.values.get(name));
    expect([...values.keys()].filter((name) => name.startsWith("fpn/"))).not.toEqual([]);
  });

  it("is read from whole weights, too", () => {
    const { values } = decodeBackbone(encodeWeights(weights, "F32"), "w");
    expect(values.get("stem/conv/kernel")).toEqual(weights.values.get("stem/conv/kernel"));
  });

  it("keeps a tensor beyond float16's range as float32", () => {
    const large = new Map(weights.values).set("stem/norm/variance", new Float32Array(64).fill(1e6));
    const halves = encodeBackbone({ ...weights, values: large }, "F16");
    expect(halves.length).toBeLessThan(0.6 * file.length);
    expect(decodeBackbone(halves, "b").values.get("stem/norm/variance")![0]).toBe(1e6);
  });

  it("is refused where a whole network is needed", () => {
    expect(() => decodeWeights(file, "b.safetensors")).toThrow(
      "b.safetensors: this is a backbone without a head, which detects nothing; train from it, or give the whole weights.",
    );
  });

  it("is refused without one of its tensors, which is named", () => {
    const { tensors, metadata } = decodeSafetensors(file, "b");
    const fewer = new Map(tensors);
    fewer.delete("block3/conv2/kernel");
    const damaged = encodeSafetensors({ tensors: fewer, metadata }, "F32");
    expect(() => decodeBackbone(damaged, "b.safetensors")).toThrow(
      'b.safetensors: the tensor "block3/conv2/kernel" of the model in its header is missing.',
    );
  });
});
