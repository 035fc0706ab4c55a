import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import type { Model } from "../../src/architecture/model/model.js";
import { anchorSettingsOf } from "../../src/detection/anchorSettings.js";
import { anchorsOf } from "../../src/detection/anchors.js";
import { planOf } from "../../src/network/executionPlan.js";
import { initialValues, type Values } from "../../src/network/initialise.js";
import { randomStream } from "../../src/network/random.js";
import type { TensorValues } from "../../src/network/tensorValues.js";
import { ProgramStepper } from "../engine/native/program/programStepper.js";
import type { TracedOperation } from "../engine/native/program/trace.js";
import { createStepper } from "../engine/steps/createStepper.js";
import type { Stepper } from "../engine/steps/stepper.js";
import type { Example } from "./input/examples.js";
import { learningRateAt } from "./learningRateSchedule.js";
import { batchFeeds, imagesOf } from "./step/batchFeeds.js";
import { reestimationStep } from "./step/batchNormReestimation.js";
import { FlatLayout } from "./step/flatParameters.js";
import type { TrainingContext } from "./step/forwardBackward.js";
import { accumulatedParts, batchesOf, batchWeights, sumName } from "./step/gradientAccumulation.js";
import { ratesOf, slotNames } from "./step/optimiser.js";
import { type TrainingStepKind, trainingSteps } from "./step/trainingStep.js";
import { imagesPerStep, type Study, stepsOf } from "./study.js";

export interface StepLosses {
  readonly loss: number;
  readonly classLoss: number;
  readonly boxLoss: number;
  readonly learningRate: number;
}

export interface StepResult extends StepLosses {
  /** The gradient's L2 norm, before clipping. */
  readonly gradientNorm: number;
}

/** Everything that changes during training, as plain numbers: the contents of a state file. */
export interface Snapshot {
  readonly step: number;
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

/**
 * A detector in training: its parameters, batch norm's moving statistics and the optimiser's slots, each a single
 * vector on the engine, and the step that updates them. A step's random draws depend only on the seed and the step's
 * number, so a run resumed from a snapshot ends exactly as one that was never interrupted.
 */
export class Trainer {
  readonly anchors: Float32Array;
  readonly steps: number;
  step = 0;

  private readonly context: TrainingContext;
  private readonly statistics: FlatLayout;
  private readonly stepper: Stepper;
  /** Lengths of the vectors that a snapshot holds. */
  private readonly lengths: ReadonlyMap<string, number>;
  /** For each drop-connect layer in order, the probability that a sample keeps its branch. */
  private readonly keepProbabilities: readonly number[];

  /** @param start Initial tensors by name; the others are drawn at random. */
  constructor(
    private readonly study: Study,
    readonly model: Model,
    private readonly seed: number,
    start: Values = new Map(),
  ) {
    const graph = graphOf(model);
    this.anchors = anchorsOf(anchorSettingsOf(model, graph), ...model.inputSize);
    this.steps = stepsOf(study);
    const specs = tensorsOf(graph.layers);
    const trainable = new FlatLayout(specs.filter((spec) => spec.trainable));
    this.statistics = new FlatLayout(specs.filter((spec) => !spec.trainable));
    this.context = { study, model, graph, plan: planOf(graph), trainable };
    this.keepProbabilities = graph.layers.flatMap((layer) =>
      layer.op === "dropConnect" ? [1 - layer.attributes.rate] : [],
    );
    const values = new Map([...initialValues(specs, seed), ...start]);
    const parameters = trainable.join(values);
    const kept = new Map([
      ["parameters", parameters],
      ["statistics", this.statistics.join(values)],
      ...slotNames(study.optimiser).map(
        (name) => [`slot/${name}`, new Float32Array(trainable.length)] as const,
      ),
      ...(study.averageDecay === undefined ? [] : [["average", parameters] as const]),
    ]);
    this.lengths = new Map([...kept].map(([name, { length }]) => [name, length]));
    const state = new Map([...kept, ["decayMask", trainable.decayMask()], ...this.emptySums()]);
    this.stepper = createStepper(
      new Map([...state].map(([name, vector]) => [name, { shape: [vector.length], values: vector }])),
      trainingSteps(this.context),
      study.precision,
    );
  }

  /** Takes one step, over as many batches as the study accumulates. */
  async train(examples: readonly Example[]): Promise<StepResult> {
    const { rate } = this;
    const batches = batchesOf(examples, this.study.batch);
    let outcome: Float32Array[] = [];
    for (const [index, batch] of batches.entries()) {
      const kind = kindOf(index, batches.length);
      outcome = await this.stepper.step(kind, this.feedsOf(batch, index, kind, examples));
    }
    const [[loss, classLoss, boxLoss, gradientNorm]] = outcome as [Float32Array];
    this.step++;
    return {
      loss: loss!,
      classLoss: classLoss!,
      boxLoss: boxLoss!,
      learningRate: rate,
      gradientNorm: gradientNorm!,
    };
  }

  /**
   * The operations of a step on one batch, without taking it: in which type each computes, and for how long.
   *
   * @throws Error if the engine runs no programs
   */
  trace(batch: readonly Example[]): Promise<TracedOperation[]> {
    if (!(this.stepper instanceof ProgramStepper))
      throw new Error("Only a step that is one program can be traced.");
    return this.stepper.trace("only", this.feedsOf(batch, 0, "only", batch));
  }

  private get rate(): number {
    return learningRateAt(this.study.schedule, this.step, this.steps);
  }

  /** What a batch, one of a step's, brings into it. */
  private feedsOf(
    batch: readonly Example[],
    index: number,
    kind: TrainingStepKind,
    examples: readonly Example[],
  ): Map<string, TensorValues> {
    const feeds = batchFeeds(batch, { ...this.model, anchors: this.anchors });
    const kept = this.keptSamples(batch.length, index);
    if (kept) feeds.set("kept", kept);
    if (kind !== "only") feeds.set("weights", { shape: [3], values: batchWeights(batch, examples) });
    if (kind === "only" || kind === "last") {
      const values = ratesOf(this.study.optimiser, this.rate, this.step);
      feeds.set("rates", { shape: [values.length], values });
    }
    return feeds;
  }

  /** The current weights: their moving average, if the study keeps one. */
  async values(): Promise<Map<string, Float32Array>> {
    const parameters = await this.stepper.read(this.lengths.has("average") ? "average" : "parameters");
    const statistics = await this.stepper.read("statistics");
    return new Map([...this.context.trainable.values(parameters), ...this.statistics.values(statistics)]);
  }

  /**
   * Re-estimates batch norm's statistics as the mean over `batches`.
   *
   * @returns the weights with the new statistics
   */
  async reestimateBatchNorm(batches: AsyncIterable<readonly Example[]>): Promise<Values> {
    const values = await this.values();
    const parameters = this.context.trainable.join(values);
    const { length } = this.statistics;
    const stepper = createStepper(
      new Map([
        ["parameters", { shape: [parameters.length], values: parameters }],
        ["sum", { shape: [length], values: new Float32Array(length) }],
      ]),
      { measure: reestimationStep(this.context) },
    );
    try {
      let count = 0;
      for await (const examples of batches) {
        await stepper.step("measure", new Map([["images", imagesOf(examples, this.model.inputSize)]]));
        count++;
      }
      const mean = (await stepper.read("sum")).map((value) => value / count);
      return new Map([...values, ...this.statistics.values(mean)]);
    } finally {
      stepper.dispose();
    }
  }

  async snapshot(): Promise<Snapshot> {
    const vectors = new Map<string, Float32Array>();
    for (const name of this.lengths.keys()) vectors.set(name, await this.stepper.read(name));
    return { step: this.step, vectors };
  }

  /**
   * @param source Where the snapshot came from, for the message.
   * @throws Error if the snapshot belongs to another network or optimiser.
   */
  restore({ step, vectors }: Snapshot, source: string): void {
    for (const name of new Set([...this.lengths.keys(), ...vectors.keys()])) {
      const [found, needed] = [vectors.get(name)?.length ?? 0, this.lengths.get(name) ?? 0];
      if (found !== needed) {
        throw new Error(
          `${source}: the state has ${found} numbers for "${name}", but this run needs ${needed}. ` +
            "Start over with --restart, which deletes the state.",
        );
      }
    }
    for (const [name, values] of vectors) this.stepper.write(name, values);
    this.step = step;
  }

  dispose(): void {
    this.stepper.dispose();
  }

  /** Which samples keep which branch, 1 or 0 each; drawn separately for each batch of a step. */
  private keptSamples(batch: number, index: number): TensorValues | undefined {
    if (this.keepProbabilities.length === 0) return undefined;
    const random = randomStream(this.seed, "drop", this.step, ...(index > 0 ? [index] : []));
    const values = this.keepProbabilities.flatMap((keep) =>
      Array.from({ length: batch }, () => (random() < keep ? 1 : 0)),
    );
    return { shape: [this.keepProbabilities.length, batch], values: Float32Array.from(values) };
  }

  /** The sums over a step's batches, if it has several. */
  private emptySums(): [string, Float32Array][] {
    if (imagesPerStep(this.study) === this.study.batch) return [];
    const lengths = {
      gradient: this.context.trainable.length,
      statistics: this.statistics.length,
      losses: 3,
    };
    return accumulatedParts.map((part) => [sumName(part), new Float32Array(lengths[part])]);
  }
}

function kindOf(index: number, count: number): TrainingStepKind {
  if (count === 1) return "only";
  if (index === 0) return "first";
  return index < count - 1 ? "further" : "last";
}
