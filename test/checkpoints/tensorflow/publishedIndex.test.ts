import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { costsOf } from "../../../src/architecture/costs/costs.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { type BundleIndex, readBundleIndex } from "../../../src/checkpoints/tensorflow/bundleIndex.js";
import { Checkpoint } from "../../../src/checkpoints/tensorflow/checkpoint.js";
import { conversionPlan } from "../../../src/checkpoints/tensorflow/conversion/conversionPlan.js";

const file = "test/reference/tensorflow/spinenet-49s.index";

describe("the authors' SpineNet-49S for TensorFlow 1, by its published index", () => {
  let bytes: Uint8Array;
  let index: BundleIndex;
  beforeAll(async () => {
    bytes = await readFile(file);
    index = readBundleIndex(bytes, "model.ckpt.index");
  });

  it("has 1,321 tensors in one little-endian shard", () => {
    expect(index).toMatchObject({ shardCount: 1, bigEndian: false });
    expect(index.tensors.size).toBe(1321);
    expect(index.tensors.get("global_step")).toMatchObject({ type: "int64", shape: [] });
    expect(index.tensors.get("spinenet/conv2d/kernel")).toMatchObject({
      type: "float32",
      shape: [7, 7, 3, 64],
    });
  });

  it("is recognised, with the 256 filters that its endpoints have in spite of the code's 128", () => {
    const { layout, model } = conversionPlan(index.tensors, null, {}, "model.ckpt.index");
    expect(layout).toBe("tf1");
    expect(model).toMatchObject({
      name: "SpineNet-49S",
      inputSize: [640, 640],
      classes: 91,
      backbone: { widthMultiplier: 0.65, alpha: 0.5, repeats: 1, stemWidth: 64, endpointWidth: 256 },
      decoder: { kind: "none" },
      padding: "symmetric",
    });
    expect(model.head).toEqual({
      kind: "retinanet",
      convolutions: 4,
      width: 128,
      separable: false,
      anchors: { size: 3, scalesPerOctave: 3, aspectRatios: [1, 2, 0.5] },
      inclusiveBoxes: true,
    });
    expect(costsOf(layersOf(model)).parameters.trainable).toBe(11_944_598);
  });

  it("fills every tensor of the model once, and leaves its slots and its step over", () => {
    const { assignments, unused, slots } = conversionPlan(index.tensors, null, {}, "model.ckpt.index");
    expect(assignments).toHaveLength(830);
    expect(new Set(assignments.map(({ variable }) => variable)).size).toBe(830);
    expect(unused.map(({ name }) => name)).toEqual(["global_step"]);
    // 830 of the model, of which its 490 trainable ones have a slot, and the step.
    expect(slots).toBe(490);
    expect(830 + slots + 1).toBe(1321);
  });

  it("pairs names as the authors' code numbers them", () => {
    const { assignments } = conversionPlan(index.tensors, null, {}, "model.ckpt.index");
    const variableOf = (name: string) => assignments.find(({ spec }) => spec.name === name)?.variable.name;
    expect(variableOf("stem/conv/kernel")).toBe("spinenet/conv2d/kernel");
    expect(variableOf("block0/shortcut/kernel")).toBe("spinenet/conv2d_1/kernel");
    expect(variableOf("block1/conv3Norm/gamma")).toBe("spinenet/batch_normalization_7/gamma");
    expect(variableOf("endpoint3/conv/kernel")).toBe("spinenet/conv2d_8/kernel");
    expect(variableOf("endpoint7/norm/variance")).toBe("spinenet/batch_normalization_12/moving_variance");
    // Block 4 reads block 2 through a stride, hence three convolutions, and block 3 through two.
    expect(variableOf("block4/parent0/expand/kernel")).toBe(
      "spinenet/sub_policy2/resample_with_alpha_resample_2_0/conv2d_2/kernel",
    );
    expect(variableOf("block4/parent1/expand/kernel")).toBe(
      "spinenet/sub_policy2/resample_with_alpha_resample_2_1/conv2d_1/kernel",
    );
    expect(variableOf("block6/conv2/kernel")).toBe(
      "spinenet/sub_policy4/scale_permuted_block_6/conv2d_1/kernel",
    );
    expect(variableOf("head/class3Norm/level5/beta")).toBe("retinanet/class_net/class-3-5/beta");
    expect(variableOf("head/boxPredict/bias")).toBe("retinanet/box_net/box-predict/bias");
  });

  it("says how much of a cut download there is", async () => {
    const source = (name: string, size: number) => ({ name, size, read: async () => bytes });
    await expect(
      Checkpoint.open(source("model.ckpt.index", bytes.length), async (name) => source(name, 50_000_000)),
    ).rejects.toThrow(
      "model.ckpt.data-00000-of-00001: this download is cut: 50,000,000 of 95,831,416 bytes; download it again.",
    );
  });
});
