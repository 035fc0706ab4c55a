import { parseStudy, type Study } from "../../../loaders/training/study.js";
import type { Model } from "../../../src/architecture/model/model.js";

/** Three levels at 64 pixels, a few filters each: the least that is still a scale-permuted detector. */
export const tinyModel: Model = {
  name: "tiny",
  inputSize: [64, 64],
  classes: 2,
  backbone: {
    family: "scale-permuted",
    variant: "tiny",
    stemWidth: 4,
    stem: [
      { level: 2, kind: "bottleneck" },
      { level: 2, kind: "bottleneck" },
    ],
    blocks: [
      { level: 4, kind: "residual", parents: [0, 1], output: false },
      { level: 5, kind: "residual", parents: [1, 2], output: false },
      { level: 3, kind: "bottleneck", parents: [1, 3], output: true },
      { level: 4, kind: "bottleneck", parents: [2, 3], output: true },
      { level: 5, kind: "bottleneck", parents: [3, 5], output: true },
    ],
    widths: { 2: 4, 3: 4, 4: 6, 5: 6 },
    widthMultiplier: 1,
    alpha: 1,
    repeats: 1,
    endpointWidth: 8,
    activation: "relu",
    dropConnect: 0.1,
  },
  decoder: { kind: "none" },
  head: {
    kind: "retinanet",
    convolutions: 1,
    width: 8,
    separable: false,
    anchors: { size: 2.5, scalesPerOctave: 2, aspectRatios: [1] },
  },
  batchNorm: { momentum: 0.9, epsilon: 1e-3 },
  padding: "same",
};

/** As a study's file holds it. */
export const tinyStudyJson = {
  id: "tiny",
  title: "A test's own",
  tier: "instant",
  data: {
    kind: "scenes",
    train: 8,
    validation: 3,
    size: 64,
    seed: 1,
    classes: ["red apple", "soccer ball"],
    maxObjects: 2,
  },
  model: tinyModel,
  batch: 2,
  images: 160,
  optimiser: { kind: "adamw", weightDecay: 0.01 },
  schedule: { kind: "cosine", rate: 0.01, warmupSteps: 5, final: 0.05 },
  clip: 10,
  loss: { focal: { alpha: 0.25, gamma: 1.5 }, box: { kind: "giou", weight: 2 } },
  augmentation: { flip: true, scaleJitter: [0.8, 1.2], placement: "anywhere", colour: 0.1 },
  averageDecay: 0.9,
  statistics: { passes: 2, batch: 4 },
  saveEvery: 10,
};

export function tinyStudy(changes: Partial<Record<keyof Study, unknown>> = {}): Study {
  return parseStudy({ ...tinyStudyJson, ...changes }, "tiny.json");
}
