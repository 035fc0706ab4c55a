import * as tf from "@tensorflow/tfjs-core";
import { graphOf } from "../../src/architecture/layersOf.js";
import type { Model } from "../../src/architecture/model.js";
import { tensorsOf } from "../../src/architecture/tensors.js";
import { anchorSettingsOf } from "../../src/detection/anchorSettings.js";
import { anchorsOf } from "../../src/detection/anchors.js";
import { type DetectionLoss, detectionLoss } from "../../src/detection/detectionLoss.js";
import { headOutputsOf } from "../../src/detection/headOutputs.js";
import { lossTargetsOf, mapLossTargets } from "../../src/detection/lossTargets.js";
import { type BatchStatistics, forwardTraining, type TrainingMode } from "../../src/network/forward.js";
import { initialValues, type Values } from "../../src/network/initialise.js";
import { planOf } from "../../src/network/plan.js";
import { randomStream } from "../../src/network/random.js";
import { tensorOfValues } from "../../src/network/tensorValues.js";
import { accumulate, batchesOf, type Pass } from "./accumulation.js";
import type { Example } from "./examples.js";
import { FlatLayout } from "./flatParameters.js";
import { clipByNorm, emptySlots, normOf, optimise } from "./optimiser.js";
import { learningRateAt } from "./schedule.js";
import { imagesPerStep, type Study } from "./study.js";

export interface StepLosses {
  readonly loss: number;
  readonly classLoss: number;
  readonly boxLoss: number;
  readonly learningRate: number;
}

export interface StepResult extends StepLosses {
  /** The gradient's length, before it is clipped. */
  readonly gradientNorm: number;
}

/** All that changes while training, as plain numbers: what a state file holds. */
export interface Snapshot {
  readonly step: number;
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

/**
 * A detector in training: its parameters, batch norm's moving statistics and the optimiser's slots, each one vector
 * on the engine, and the step that moves them. What a step draws at random depends on the seed and the step's number
 * alone, so a run that goes on from a snapshot ends as one that was never cut off.
 */
export class Trainer {
  readonly anchors: Float32Array;
  readonly steps: number;
  step = 0;

  private readonly graph;
  private readonly plan;
  private readonly trainable: FlatLayout;
  private readonly statistics: FlatLayout;
  private readonly decayMask: tf.Tensor1D;
  private readonly vectors = new Map<string, tf.Tensor1D>();

  constructor(
    private readonly study: Study,
    readonly model: Model,
    private readonly seed: number,
  ) {
    this.graph = graphOf(model);
    this.plan = planOf(this.graph);
    this.anchors = anchorsOf(anchorSettingsOf(model, this.graph), ...model.inputSize);
    this.steps = Math.ceil(study.images / imagesPerStep(study));
    const specs = tensorsOf(this.graph.layers);
    this.trainable = new FlatLayout(specs.filter(({ trainable }) => trainable));
    this.statistics = new FlatLayout(specs.filter(({ trainable }) => !trainable));
    this.decayMask = tf.keep(tf.tensor1d(this.trainable.decayMask()));
    const values = initialValues(specs, seed);
    this.set("parameters", tf.tensor1d(this.trainable.join(values)));
    this.set("statistics", tf.tensor1d(this.statistics.join(values)));
    for (const [name, slot] of emptySlots(study.optimiser, this.trainable.length))
      this.set(`slot/${name}`, slot);
    if (study.averageDecay !== undefined) this.set("average", tf.clone(this.get("parameters")));
  }

  /** Takes one step, on as many batches as the study accumulates. */
  async train(examples: readonly Example[]): Promise<StepResult> {
    const { study, step } = this;
    const rate = learningRateAt(study.schedule, step, this.steps);
    const outcome = tf.tidy(() => {
      const { gradient, statistics, losses } = accumulate(batchesOf(examples, study.batch), (batch, index) =>
        this.differentiate(batch, index),
      );
      const norm = normOf(gradient);
      const clipped = study.clip === undefined ? gradient : clipByNorm(gradient, study.clip, norm);
      const slots = new Map(this.slotNames().map((name) => [name, this.get(`slot/${name}`)]));
      const parameters = this.get("parameters");
      const update = optimise(study.optimiser, parameters, clipped, slots, this.decayMask, rate, step);
      const momentum = this.model.batchNorm.momentum;
      const moved = tf.add<tf.Tensor1D>(
        tf.mul(this.get("statistics"), momentum),
        tf.mul(statistics, 1 - momentum),
      );
      this.set("parameters", update.parameters);
      this.set("statistics", moved);
      for (const [name, slot] of update.slots) this.set(`slot/${name}`, slot);
      if (study.averageDecay !== undefined) {
        const kept = tf.mul(this.get("average"), study.averageDecay);
        this.set("average", tf.add(kept, tf.mul(update.parameters, 1 - study.averageDecay)));
      }
      return tf.stack([losses.total, losses.classLoss, losses.boxLoss, norm]);
    });
    const [loss, classLoss, boxLoss, gradientNorm] = await outcome.data();
    outcome.dispose();
    this.step++;
    return {
      loss: loss!,
      classLoss: classLoss!,
      boxLoss: boxLoss!,
      learningRate: rate,
      gradientNorm: gradientNorm!,
    };
  }

  /** The weights as they stand: the average where one is kept. */
  async values(): Promise<Map<string, Float32Array>> {
    const parameters = await this.get(this.vectors.has("average") ? "average" : "parameters").data();
    const statistics = await this.get("statistics").data();
    return new Map([
      ...this.trainable.values(parameters as Float32Array),
      ...this.statistics.values(statistics as Float32Array),
    ]);
  }

  /**
   * Batch norm's statistics as `batches` show them, averaged over the batches, in place of the moving averages
   * (of small batches those can be far off).
   *
   * @returns The weights with the new statistics.
   */
  async measureStatistics(batches: AsyncIterable<readonly Example[]>): Promise<Values> {
    const values = await this.values();
    const flat = tf.tensor1d(this.trainable.join(values));
    let sum = tf.zeros<tf.Rank.R1>([this.statistics.length]);
    let count = 0;
    for await (const examples of batches) {
      const next = tf.tidy(() => {
        const collected: BatchStatistics[] = [];
        const images = this.imagesOf(examples);
        forwardTraining(this.plan, this.trainable.split(flat), images, {
          onStatistics: (statistics) => collected.push(statistics),
          // The network is measured whole: a mask of the keep probability scales a branch by one.
          keepSamples: (batch, keepProbability) => new Float32Array(batch).fill(keepProbability),
        });
        return tf.add<tf.Tensor1D>(sum, this.joined(collected));
      });
      sum.dispose();
      sum = next;
      count++;
    }
    const mean = (await sum.data()).map((value) => value / count) as Float32Array;
    tf.dispose([sum, flat]);
    return new Map([...values, ...this.statistics.values(mean)]);
  }

  async snapshot(): Promise<Snapshot> {
    const vectors = new Map<string, Float32Array>();
    for (const [name, tensor] of this.vectors) vectors.set(name, (await tensor.data()) as Float32Array);
    return { step: this.step, vectors };
  }

  /**
   * @param source Where the snapshot came from, for the message.
   * @throws Error if the snapshot is of another network or optimiser.
   */
  restore({ step, vectors }: Snapshot, source: string): void {
    for (const name of new Set([...this.vectors.keys(), ...vectors.keys()])) {
      const [found, needed] = [vectors.get(name)?.length ?? 0, this.vectors.get(name)?.size ?? 0];
      if (found !== needed) {
        throw new Error(
          `${source}: the state has ${found} numbers for "${name}" where this run needs ${needed}. ` +
            "Give --restart to begin anew, which deletes it.",
        );
      }
    }
    for (const [name, values] of vectors) this.set(name, tf.tensor1d(values));
    this.step = step;
  }

  dispose(): void {
    for (const tensor of this.vectors.values()) tensor.dispose();
    this.decayMask.dispose();
  }

  private differentiate(examples: readonly Example[], index: number): Pass {
    const images = this.imagesOf(examples);
    const targets = lossTargetsOf(
      examples.map((example) => example.targets),
      this.anchors,
      this.model.classes,
    );
    const kept: { statistics: tf.Tensor1D; losses: DetectionLoss }[] = [];
    const lossOf = (flat: tf.Tensor): tf.Scalar => {
      const collected: BatchStatistics[] = [];
      const tensors = this.trainable.split(flat as tf.Tensor1D);
      const maps = forwardTraining(this.plan, tensors, images, this.mode(collected, index));
      const outputs = headOutputsOf(maps, this.graph.outputs, this.model.classes);
      const losses = detectionLoss(outputs, mapLossTargets(targets, tensorOfValues), this.study.loss);
      // The gradient's own scope would end these before they are read.
      kept.push({ statistics: tf.keep(this.joined(collected)), losses });
      tf.keep(losses.classLoss);
      tf.keep(losses.boxLoss);
      return losses.total;
    };
    const { value, grad } = tf.valueAndGrad(lossOf)(this.get("parameters"));
    const [{ statistics, losses }] = kept as [{ statistics: tf.Tensor1D; losses: DetectionLoss }];
    // Kept tensors are nobody's: clones belong to the step's own scope.
    const owned = <T extends tf.Tensor>(tensor: T): T => {
      const clone = tf.clone(tensor);
      tensor.dispose();
      return clone;
    };
    return {
      gradient: grad as tf.Tensor1D,
      statistics: owned(statistics),
      losses: {
        total: value as tf.Scalar,
        classLoss: owned(losses.classLoss),
        boxLoss: owned(losses.boxLoss),
      },
    };
  }

  /** @param index Of the batch in its step, so that none drops what another did. */
  private mode(collected: BatchStatistics[], index: number): TrainingMode {
    const random = randomStream(this.seed, "drop", this.step, ...(index > 0 ? [index] : []));
    return {
      onStatistics: (statistics) => collected.push(statistics),
      keepSamples: (batch, keepProbability) =>
        Float32Array.from({ length: batch }, () => (random() < keepProbability ? 1 : 0)),
    };
  }

  /** In the order of the statistics' layout, which lists mean and variance of each batch norm in turn. */
  private joined(collected: readonly BatchStatistics[]): tf.Tensor1D {
    return tf.concat(collected.flatMap(({ mean, variance }) => [mean, variance])) as tf.Tensor1D;
  }

  private imagesOf(examples: readonly Example[]): tf.Tensor4D {
    const [height, width] = this.model.inputSize;
    const pixels = new Float32Array(examples.length * height * width * 3);
    examples.forEach((example, index) => {
      pixels.set(example.pixels, index * height * width * 3);
    });
    return tf.tensor4d(pixels, [examples.length, height, width, 3]);
  }

  private slotNames(): string[] {
    return [...this.vectors.keys()].filter((name) => name.startsWith("slot/")).map((name) => name.slice(5));
  }

  private get(name: string): tf.Tensor1D {
    return this.vectors.get(name)!;
  }

  private set(name: string, tensor: tf.Tensor1D): void {
    this.vectors.get(name)?.dispose();
    this.vectors.set(name, tf.keep(tensor));
  }
}
