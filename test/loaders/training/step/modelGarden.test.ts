import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../../loaders/engine/startEngine.js";
import { batchFeeds } from "../../../../loaders/training/step/batchFeeds.js";
import { FlatLayout } from "../../../../loaders/training/step/flatParameters.js";
import { trainingSteps } from "../../../../loaders/training/step/trainingStep.js";
import { parseStudy } from "../../../../loaders/training/study.js";
import { graphOf } from "../../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../../src/architecture/layers/tensors.js";
import { anchorSettingsOf } from "../../../../src/detection/anchorSettings.js";
import { anchorsOf } from "../../../../src/detection/anchors.js";
import { targetsOf } from "../../../../src/detection/imageTargets.js";
import { spineNetLoss } from "../../../../src/detection/loss/detectionLoss.js";
import { planOf } from "../../../../src/network/executionPlan.js";
import { tensorOfValues } from "../../../../src/network/tensorValues.js";
import { committedCheckpoint, photographInput } from "../../../reference/modelGarden/expected.js";
import { converted } from "../../../reference/modelGarden/parity.js";
import { tinyStudyJson } from "../tinyStudy.js";

interface Summary {
  readonly values: readonly number[];
  readonly step?: number;
}

interface Reference {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly objects: readonly (readonly {
    readonly box: readonly number[];
    readonly channel: number;
  }[])[];
  readonly losses: { readonly modelLoss: number; readonly classLoss: number; readonly boxLoss: number };
  readonly variables: readonly {
    readonly name: string;
    readonly gradient: Summary;
    readonly after: Summary;
  }[];
  readonly statistics: Readonly<
    Record<string, { readonly mean: readonly number[]; readonly variance: readonly number[] }>
  >;
}

const reference: Reference = JSON.parse(
  readFileSync(new URL("../../../reference/modelGarden/training.json", import.meta.url), "utf8"),
);
const size = 256;
const tolerance = 1e-3;

/** The photograph as it is, mirrored, upside down, and both. */
function orientations(pixels: Float32Array): Float32Array[] {
  return [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ].map(([down, along]) =>
    Float32Array.from(pixels, (_, index) => {
      const channel = index % 3;
      const x = Math.floor(index / 3) % size;
      const y = Math.floor(index / 3 / size);
      const from = (down ? size - 1 - y : y) * size + (along ? size - 1 - x : x);
      return pixels[from * 3 + channel]!;
    }),
  );
}

/** The root mean square of the differences, as a share of the expected values'. */
function errorOf(ours: Float32Array, { values, step = 1 }: Summary): number {
  const squares = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(squares(values.map((value, index) => ours[index * step]! - value)) / squares(values));
}

async function trainedOnce() {
  const weights = await converted(committedCheckpoint("narrow-spinenet-49"), size, "F32");
  const model = { ...weights.model, backbone: { ...weights.model.backbone, dropConnect: 0 } };
  const graph = graphOf(model);
  const specs = tensorsOf(graph.layers);
  const trainable = new FlatLayout(specs.filter((spec) => spec.trainable));
  const statistics = new FlatLayout(specs.filter((spec) => !spec.trainable));
  const anchors = anchorsOf(anchorSettingsOf(model, graph), size, size);
  const images = orientations(await photographInput(size));
  const examples = reference.objects.map((objects, index) => ({
    pixels: images[index]!,
    targets: targetsOf(
      anchors,
      Float32Array.from(objects.flatMap(({ box }) => box)),
      objects.map(({ channel }) => channel),
    ),
  }));
  const { momentum, weightDecay, learningRate } = reference;
  const study = {
    ...parseStudy({ ...tinyStudyJson }, "the study"),
    clip: undefined,
    averageDecay: undefined,
    loss: spineNetLoss,
    optimiser: { kind: "sgd", momentum, nesterov: false, weightDecay } as const,
  };
  const steps = trainingSteps({ study, model, graph, plan: planOf(graph), trainable });
  const feeds = new Map(
    [...batchFeeds(examples, { inputSize: [size, size], anchors, classes: model.classes })].map(
      ([name, values]) => [name, tensorOfValues(values)],
    ),
  );
  feeds.set("rates", tf.tensor1d([learningRate]));
  const before = trainable.join(weights.values);
  const state = new Map<string, tf.Tensor>([
    ["parameters", tf.tensor1d(before)],
    ["statistics", tf.tensor1d(statistics.join(weights.values))],
    ["decayMask", tf.tensor1d(trainable.decayMask())],
    ["slot/momentum", tf.zeros([trainable.length])],
  ]);
  const { outputs, state: next } = steps.only(feeds, state);
  const read = (name: string) => Float32Array.from(next.get(name)!.dataSync());
  return {
    losses: outputs[0]!.dataSync(),
    // From a momentum of 0, the first step's is the gradient with the decay of kernels.
    gradients: trainable.values(read("slot/momentum")),
    parameters: trainable.values(read("parameters")),
    statistics: statistics.values(read("statistics")),
  };
}

describe("a training step on the Model Garden's weights", () => {
  let ours: Awaited<ReturnType<typeof trainedOnce>>;
  beforeAll(async () => {
    await startEngine("wasm");
    tf.engine().startScope();
    ours = await trainedOnce();
    tf.engine().endScope();
  });

  it("has the Model Garden's losses", () => {
    const { modelLoss, classLoss, boxLoss } = reference.losses;
    for (const [index, expected] of [modelLoss, classLoss, boxLoss].entries()) {
      expect(Math.abs(ours.losses[index]! / expected - 1)).toBeLessThan(1e-4);
    }
  });

  it("has the Model Garden's gradients, regularisation included, and takes its step", () => {
    const errors = reference.variables.flatMap(({ name, gradient, after }) => [
      [`${name}, gradient`, errorOf(ours.gradients.get(name)!, gradient)] as const,
      [`${name}, after`, errorOf(ours.parameters.get(name)!, after)] as const,
    ]);
    expect(errors).toHaveLength(28);
    expect(errors.filter(([, error]) => !(error < tolerance))).toEqual([]);
  });

  it("moves the statistics of every batch norm as the Model Garden does", () => {
    const errors = Object.entries(reference.statistics).flatMap(([name, { mean, variance }]) => [
      [`${name}/mean`, errorOf(ours.statistics.get(`${name}/mean`)!, { values: mean })] as const,
      [`${name}/variance`, errorOf(ours.statistics.get(`${name}/variance`)!, { values: variance })] as const,
    ]);
    expect(errors.length).toBeGreaterThan(200);
    expect(errors.filter(([, error]) => !(error < tolerance))).toEqual([]);
  });
});
