import type { ClassChannel, Weights } from "../../src/checkpoints/weights.js";
import { imageNetDeviation, imageNetMean } from "../../src/detection/letterbox.js";
import type { Values } from "../../src/network/initialise.js";
import type { DetectionDataset } from "../datasets/dataset.js";
import type { Engine } from "../engine/engine.js";
import type { CurvePoint } from "../records/record.js";
import { Batches } from "./batches.js";
import type { ExampleSettings } from "./examples.js";
import { modelOf, type Study } from "./study.js";
import { type Snapshot, type StepResult, Trainer } from "./trainer.js";
import { deleteState, fingerprintOf, readState, stateFile, writeState } from "./trainingState.js";

export interface TrainingOptions {
  readonly run: string;
  readonly seed: number;
  readonly engine: Engine;
  /** Go on from the state on the disk, begin anew over it, or refuse to touch it. */
  readonly onState: "resume" | "restart" | "refuse";
  readonly onProgress: (progress: TrainingProgress) => void;
}

export interface TrainingProgress extends StepResult {
  readonly step: number;
  readonly steps: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

export interface TrainingOutcome {
  readonly weights: Weights;
  readonly curve: readonly CurvePoint[];
  readonly imagesSeen: number;
  readonly started: string;
  readonly trainingSeconds: number;
  /** To be called once the weights are safe. */
  readonly forget: () => Promise<void>;
}

const curvePoints = 100;

/** Trains a study's model on a data set, going on from its saved state where asked to. */
export async function train(
  study: Study,
  dataset: DetectionDataset,
  options: TrainingOptions,
): Promise<TrainingOutcome> {
  const { seed, engine } = options;
  const classes = classChannels(study, dataset);
  const model = modelOf(study, 1 + Math.max(...classes.map(({ channel }) => channel)));
  const file = stateFile(options.run);
  const fingerprint = fingerprintOf(study, seed, engine.name, dataset.hash);
  const saved = await savedState(file, fingerprint, options);

  const trainer = new Trainer(study, model, seed);
  try {
    if (saved) trainer.restore(saved.snapshot, file);
    const settings = exampleSettings(study, trainer, classes, seed);
    const batches = new Batches(dataset, settings, study.batch);
    const curve = [...(saved?.curve ?? [])];
    const started = saved?.started ?? new Date().toISOString();
    const clock = new Clock(saved?.trainingSeconds ?? 0);
    const firstStep = trainer.step;
    let lastSaved = firstStep;
    let since: StepResult[] = [...(saved?.since ?? [])];
    while (trainer.step < trainer.steps) {
      const result = await trainer.train(await batches.at(trainer.step));
      if (!Number.isFinite(result.loss)) throw broken(result, trainer.step, lastSaved, file);
      since.push(result);
      const atPoint =
        trainer.step % Math.ceil(trainer.steps / curvePoints) === 0 || trainer.step === trainer.steps;
      if (atPoint) {
        curve.push(curvePoint(since, trainer.step, study.batch));
        since = [];
      }
      const imagesPerSecond = ((trainer.step - firstStep) * study.batch) / clock.sinceStart();
      const secondsLeft = ((trainer.steps - trainer.step) * study.batch) / imagesPerSecond;
      options.onProgress({
        ...result,
        step: trainer.step,
        steps: trainer.steps,
        imagesPerSecond,
        secondsLeft,
      });
      if (trainer.step % study.saveEvery === 0 || trainer.step === trainer.steps) {
        const snapshot = await trainer.snapshot();
        // A state with such numbers could only go on to fail, in the place of one that could be looked into.
        if (!allFinite(snapshot)) throw broken(result, trainer.step, lastSaved, file);
        await writeState(file, fingerprint, {
          snapshot,
          curve,
          since,
          started,
          trainingSeconds: clock.total(),
        });
        lastSaved = trainer.step;
      }
    }
    const values = await finalValues(study, trainer, dataset, settings);
    return {
      weights: {
        model,
        values,
        classes,
        preprocessing: { mean: [...imageNetMean], deviation: [...imageNetDeviation] },
        run: options.run,
      },
      curve,
      imagesSeen: trainer.steps * study.batch,
      started,
      trainingSeconds: clock.total(),
      forget: () => deleteState(file),
    };
  } finally {
    trainer.dispose();
  }
}

async function savedState(file: string, fingerprint: string, { onState }: TrainingOptions) {
  if (onState === "restart") {
    await deleteState(file);
    return undefined;
  }
  const state = await readState(file, fingerprint);
  if (state && onState === "refuse") {
    throw new Error(
      `This run was cut off after step ${state.snapshot.step} (${file}). Give --resume to go on, or --restart to begin anew.`,
    );
  }
  return state;
}

/** Which class channel each category has. */
export function classChannels({ channels }: Study, { categories }: DetectionDataset): ClassChannel[] {
  return categories.map(({ id, name }, index) => ({
    channel: channels === "id" ? id : index,
    categoryId: id,
    name,
  }));
}

function exampleSettings(
  study: Study,
  trainer: Trainer,
  classes: readonly ClassChannel[],
  seed: number,
): ExampleSettings {
  return {
    anchors: trainer.anchors,
    inputSize: trainer.model.inputSize,
    augmentation: study.augmentation,
    matching: study.matching,
    channels: new Map(classes.map(({ categoryId, channel }) => [categoryId, channel])),
    seed,
  };
}

async function finalValues(
  study: Study,
  trainer: Trainer,
  dataset: DetectionDataset,
  settings: ExampleSettings,
): Promise<Values> {
  const { statistics } = study;
  if (statistics === undefined) return trainer.values();
  const batches = new Batches(dataset, { ...settings, seed: settings.seed + 1 }, statistics.batch);
  async function* passes() {
    for (let pass = 0; pass < statistics!.passes; pass++) yield await batches.at(pass);
  }
  return trainer.measureStatistics(passes());
}

function curvePoint(results: readonly StepResult[], step: number, batch: number): CurvePoint {
  const mean = (pick: (result: StepResult) => number): number =>
    Number((results.reduce((sum, result) => sum + pick(result), 0) / results.length).toPrecision(6));
  return {
    step,
    imagesSeen: step * batch,
    learningRate: Number(results.at(-1)!.learningRate.toPrecision(6)),
    loss: mean(({ loss }) => loss),
    classLoss: mean(({ classLoss }) => classLoss),
    boxLoss: mean(({ boxLoss }) => boxLoss),
  };
}

function allFinite({ vectors }: Snapshot): boolean {
  return [...vectors.values()].every((values) => values.every(Number.isFinite));
}

/** @param step Steps taken, the one that broke among them. */
function broken({ loss, learningRate }: StepResult, step: number, lastSaved: number, file: string): Error {
  const what = Number.isFinite(loss) ? "The weights are no longer finite" : `The loss is ${loss}`;
  const saved = lastSaved > 0 ? `The state of step ${lastSaved} is in ${file}.` : "No state was saved yet.";
  return new Error(
    `${what} at step ${step}, at a learning rate of ${learningRate.toPrecision(3)}. ` +
      `${saved} Lower schedule.rate, lengthen schedule.warmupSteps or set clip in the study.`,
  );
}

/** Seconds of training over all the sittings of a run. */
class Clock {
  private readonly start = performance.now();

  constructor(private readonly before: number) {}

  sinceStart(): number {
    return (performance.now() - this.start) / 1000;
  }

  total(): number {
    return Math.round((this.before + this.sinceStart()) * 10) / 10;
  }
}
