import { describe, expect, it } from "vitest";
import { modelByName } from "../../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../../src/architecture/layers/tensors.js";
import { CheckpointError } from "../../../../src/checkpoints/tensorflow/checkpointError.js";
import type { PlanOptions } from "../../../../src/checkpoints/tensorflow/conversion/conversionPlan.js";
import { convertedWeights } from "../../../../src/checkpoints/tensorflow/conversion/convertedWeights.js";
import { prepareConversion } from "../../../../src/checkpoints/tensorflow/conversion/prepareConversion.js";
import { decodeWeights, encodeWeights } from "../../../../src/checkpoints/weights.js";
import { initialValues } from "../../../../src/network/initialise.js";
import { floatTensor, openWritten, writeCheckpoint } from "../writeCheckpoint.js";
import { type SavedVariable, savedTensors, savedVariables } from "./modelGardenCheckpoint.js";

const model = modelByName("spinenet-49", {
  width: 0.07,
  endpoints: 6,
  headFilters: 5,
  headConvolutions: 2,
  classes: 4,
});
const values = initialValues(tensorsOf(layersOf(model)), 3);
const saved = savedVariables(model, values);

const opened = (variables: readonly SavedVariable[]) =>
  openWritten(writeCheckpoint(savedTensors(variables), { snappy: true }));
const prepared = async (variables: readonly SavedVariable[], options: PlanOptions = {}) =>
  prepareConversion(await opened(variables), options);

async function refusal(variables: readonly SavedVariable[], options?: PlanOptions): Promise<string> {
  const error = await prepared(variables, options).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CheckpointError);
  return (error as CheckpointError).message;
}

/** The saved variables with one replaced, left out (null) or joined by another. */
function changed(fullName: string, change: (variable: SavedVariable) => SavedVariable[]): SavedVariable[] {
  const found = saved.filter((variable) => variable.fullName === fullName);
  expect(found).toHaveLength(1);
  return saved.flatMap((variable) => (variable === found[0] ? change(variable) : [variable]));
}

const stem = "conv2d_9/kernel";

describe("a Model Garden checkpoint", () => {
  it("says by names and shapes what network it is of", async () => {
    const { plan, steps } = await prepared(saved);
    expect(plan.layout).toBe("modelGarden");
    expect(plan.model).toEqual({
      ...model,
      name: "SpineNet-49 (width 0.07)",
      // The moving means of an untrained network fit no activation, so it is the one that SpineNets are published with.
      backbone: { ...model.backbone, activation: "swish" },
    });
    expect(plan.unused.map(({ name }) => name)).toEqual(["global_step"]);
    expect(plan.slots).toBe(saved.length);
    expect(steps).toBe(123456);
  });

  it("fills every tensor of the model with its variable", async () => {
    const weights = await convertedWeights(await prepared(saved, { size: 128 }));
    expect(weights.values).toEqual(values);
    expect(weights.classes).toEqual(
      [1, 2, 3].map((channel) => ({ channel, categoryId: channel, name: `class ${channel}` })),
    );
    // The weights file checks all of it again.
    expect(decodeWeights(encodeWeights(weights, "F32"), "w").values).toEqual(values);
  });

  it("gives moving averages where it has them", async () => {
    const average = floatTensor("average", [7, 7, 3, 64], new Float32Array(7 * 7 * 3 * 64).fill(0.25));
    const conversion = await prepared(changed(stem, (variable) => [{ ...variable, average }]));
    const weights = await convertedWeights(conversion);
    expect(new Set(weights.values.get("stem/conv/kernel"))).toEqual(new Set([0.25]));
    expect(conversion.plan.assignments.filter(({ variable }) => variable.averaged)).toHaveLength(1);
  });

  it("takes what its caller knows better", async () => {
    const options = { size: [128, 256], epsilon: 1e-4, activation: "hard-swish" } as const;
    const { plan, fit } = await prepared(saved, options);
    expect(plan.model).toMatchObject({
      inputSize: [128, 256],
      batchNorm: { epsilon: 1e-4 },
      backbone: { activation: "hard-swish" },
    });
    expect(fit).toBeNull();
    const own = await prepared(saved, { model: () => model });
    expect(own.plan.model.name).toBe("SpineNet-49");
  });

  it("is refused where a variable is missing, with what of the model needs it", async () => {
    expect(await refusal(changed("bottleneck_block_9/batch_normalization/beta", () => []))).toBe(
      'model.index: SpineNet-49 (width 0.07) needs "block0/shortcutNorm/beta", but the checkpoint has no beta beside "bottleneck_block_9/batch_normalization/gamma".',
    );
    expect(await refusal(changed("conv2d_12/kernel", () => []))).toBe(
      'model.index: its layers are those of no network known here; SpineNet-49 has "stem/conv" and the next 81 like it, the checkpoint "conv2d_9/kernel" and the next 80 like it.',
    );
  });

  it("is refused where two variables are one layer's", async () => {
    const twice = changed(stem, (variable) => [
      variable,
      { ...variable, key: "teacher", tensor: { ...variable.tensor, name: "teacher" } },
    ]);
    expect(await refusal(twice)).toBe(
      'model.index: "model/layer-0/.ATTRIBUTES/VARIABLE_VALUE" and "teacher" are both named conv2d_9/kernel; a checkpoint of one network is needed.',
    );
  });

  it("is refused where a variable has another shape, with both", async () => {
    const wide = changed("bottleneck_block_10/conv2d_1/kernel", (variable) => [
      { ...variable, tensor: floatTensor(variable.key, [3, 3, 4, 5], new Float32Array(180)) },
    ]);
    expect(await refusal(wide)).toBe(
      'model.index: "bottleneck_block_10/conv2d_1/kernel" is 3×3×4×5, but "block1/conv2/kernel" of SpineNet-49 (width 0.07) is 3×3×4×4.',
    );
    expect(await refusal(saved, { model: () => modelByName("spinenet-49") })).toBe(
      'model.index: SpineNet-49 has "head/class2", the checkpoint none for it, and so on in 23 more places.',
    );
  });

  it("is refused where a layer has a variable that ours lacks, or numbers of another type", async () => {
    const biased = changed(stem, (variable) => [
      variable,
      { key: "bias", fullName: "conv2d_9/bias", tensor: floatTensor("bias", [64], new Float32Array(64)) },
    ]);
    expect(await refusal(biased)).toBe(
      'model.index: it has "conv2d_9/bias", for which SpineNet-49 (width 0.07) has no place at "stem/conv".',
    );
    const whole = changed(stem, (variable) => [{ ...variable, tensor: { ...variable.tensor, type: 3 } }]);
    expect(await refusal(whole)).toBe(
      'model.index: "conv2d_9/kernel" is of type int32, but "stem/conv/kernel" of SpineNet-49 (width 0.07) needs floating-point numbers.',
    );
  });

  it("is refused where its shapes are of no network at all", async () => {
    const empty = changed("retina_net_model/retina_net_head/classnet-conv_0/kernel", (variable) => [
      { ...variable, tensor: floatTensor(variable.key, [3, 3, 6, 0], []) },
    ]);
    expect(await refusal(empty)).toMatch(/^model\.index: its network: head\.width: /);
  });

  it("is refused without a head, or with names of another code", async () => {
    expect(await refusal(saved.filter(({ fullName }) => !fullName.includes("head")))).toBe(
      "model.index: neither a RetinaNet's head nor a classifier's is in it; only checkpoints with one of them can be converted.",
    );
    const other = saved.slice(0, 1).map((variable) => ({ ...variable, fullName: "bert/pooler/kernel" }));
    expect(await refusal(other)).toBe(
      'model.index: its variables are not named as the authors\' TF1 code or the Model Garden name a SpineNet\'s or ResNet-FPN\'s, but "bert/pooler/kernel", "global_step".',
    );
  });

  it("is refused where its training diverged", async () => {
    const diverged = changed("conv2d_10/kernel", (variable) => [
      {
        ...variable,
        tensor: floatTensor(
          variable.key,
          variable.tensor.shape,
          variable.tensor.shape.reduce((a, b) => a * b) === 32 ? new Float32Array(32).fill(Number.NaN) : [],
        ),
      },
    ]);
    const conversion = await prepared(diverged, { activation: "relu" });
    await expect(convertedWeights(conversion)).rejects.toThrow(
      'model.index: "conv2d_10/kernel" holds NaN; its training run diverged.',
    );
  });
});
