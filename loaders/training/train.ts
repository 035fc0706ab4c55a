import type { Model } from "../../src/architecture/model/model.js";
import type { ClassChannel, Weights } from "../../src/checkpoints/weights.js";
import { imageNetDeviation, imageNetMean } from "../../src/detection/letterbox.js";
import type { Values } from "../../src/network/initialise.js";
import type { DetectionDataset } from "../datasets/dataset.js";
import type { Engine } from "../engine/engineChoice.js";
import { realFolder } from "../files/realFolder.js";
import { log } from "../log.js";
import type { CurvePoint } from "../records/record.js";
import { Clock } from "./display/clock.js";
import { Batches } from "./input/batches.js";
import type { ExampleSettings } from "./input/examples.js";
import { type Input, type InputOptions, openInput } from "./input/pipeline.js";
import type { Schedule } from "./learningRateSchedule.js";
import { type TrainingProgress, takeSteps } from "./loop.js";
import type { StartingWeights } from "./startingWeights.js";
import type { RunPlan, SchedulePeriod } from "./state/progress.js";
import { type RunIdentity, trainedStudy } from "./state/runIdentity.js";
import { deleteState, readState, stateFile, type TrainingState, writeState } from "./state/stateFile.js";
import { imagesPerStep, modelOf, type Study, stepsOf } from "./study.js";
import { Trainer } from "./trainer.js";

interface TrainingOptions {
  readonly run: string;
  /** The folder that the run writes its record and weights to. */
  readonly out: string;
  readonly seed: number;
  readonly engine: Engine;
  /** Initial weights; drawn at random by default. */
  readonly start?: StartingWeights | undefined;
  /** Resume from the saved state, restart and delete it, or refuse to touch it. */
  readonly onState: "resume" | "restart" | "refuse";
  /** The base learning rate from here on, when resuming. */
  readonly newRate?: number | undefined;
  /** What to do if the run was cut off, as the end of a sentence. */
  readonly howToContinue: string;
  /** How images reach the engine; by default they are prepared on its thread and cached in memory. */
  readonly input?: InputOptions | undefined;
  readonly onProgress: (progress: TrainingProgress) => void;
}

export interface TrainingOutcome {
  readonly weights: Weights;
  readonly curve: readonly CurvePoint[];
  /** More than one if the run was resumed with another schedule. */
  readonly periods: readonly SchedulePeriod[];
  readonly imagesSeen: number;
  readonly started: string;
  readonly trainingSeconds: number;
  /** Share of them spent waiting for data. */
  readonly waitedShare: number;
  /** To be called once the weights have been written. */
  readonly deleteState: () => Promise<void>;
}

/** Trains a study's model on a data set, or resumes from its saved state. */
export async function train(
  study: Study,
  dataset: DetectionDataset,
  options: TrainingOptions,
): Promise<TrainingOutcome> {
  const { seed, engine, start, out } = options;
  const classes = classChannels(study, dataset);
  const model = trainedModel(study, dataset);
  const file = stateFile(options.run, out);
  const identity: RunIdentity = {
    study: trainedStudy(study),
    model,
    seed,
    engine: engine.name,
    data: dataset.hash,
    start: start?.origin.sha256 ?? null,
    out: realFolder(out),
  };
  const saved = await savedState(file, identity, planOf(study), options);
  const periods = periodsOf(saved, study.schedule, options.newRate);

  const trainer = new Trainer({ ...study, schedule: periods.at(-1)!.schedule }, model, seed, start?.values);
  let input: Input | undefined;
  try {
    if (saved) trainer.restore(saved.snapshot, file);
    const settings = exampleSettings(study, trainer, classes, seed);
    input = await openInput(dataset, settings, study.images, options.input ?? { workers: 0 });
    const { steps } = trainer;
    const batches = new Batches(dataset, settings, imagesPerStep(study), { ...input, steps });
    const started = saved?.started ?? new Date().toISOString();
    const clock = new Clock(saved?.trainingSeconds, saved?.waitedSeconds);
    const curve = await takeSteps({
      trainer,
      batchAt: (step) => batches.at(step),
      imagesPerStep: imagesPerStep(study),
      saveEvery: study.saveEvery,
      clock,
      saved,
      file,
      save: (state) => writeState(file, identity, { ...state, periods, started }, options.howToContinue),
      onProgress: options.onProgress,
    });
    const values = await finalValues(study, trainer, dataset, settings, input, clock);
    return {
      weights: {
        model,
        values,
        classes,
        preprocessing: { mean: [...imageNetMean], deviation: [...imageNetDeviation] },
        run: options.run,
      },
      curve,
      periods,
      imagesSeen: trainer.steps * imagesPerStep(study),
      started,
      trainingSeconds: clock.total(),
      waitedShare: Number((clock.waited() / Math.max(clock.total(), 0.01)).toFixed(4)),
      deleteState: () => deleteState(file),
    };
  } finally {
    await input?.source.close();
    trainer.dispose();
  }
}

function planOf(study: Study): RunPlan {
  return {
    steps: stepsOf(study),
    imagesPerStep: imagesPerStep(study),
    schedule: study.schedule,
  };
}

async function savedState(
  file: string,
  identity: RunIdentity,
  plan: RunPlan,
  { run, onState }: TrainingOptions,
): Promise<TrainingState | undefined> {
  if (onState === "restart") {
    await deleteState(file);
    return undefined;
  }
  const state = await readState(file, run, identity, plan);
  if (state && onState === "refuse") {
    throw new Error(
      `This run was interrupted after step ${state.snapshot.step} (${file}). Continue with --resume, or start over with --restart.`,
    );
  }
  if (state) log.info(`${run}: resuming after step ${state.snapshot.step} of ${plan.steps}`);
  return state;
}

/** The schedules of a run, the current one last. */
function periodsOf(
  saved: TrainingState | undefined,
  schedule: Schedule,
  newRate: number | undefined,
): readonly SchedulePeriod[] {
  if (saved === undefined) {
    if (newRate === undefined) return [{ fromStep: 0, schedule }];
    throw new Error("There is no saved state to continue with --new-rate; give --rate to begin with a rate.");
  }
  const current = saved.periods.at(-1)!.schedule;
  if (newRate === undefined || newRate === current.rate) return saved.periods;
  const { step } = saved.snapshot;
  log.warn(
    `The base learning rate changes from ${current.rate} to ${newRate} at step ${step}; the record will list both.`,
  );
  return [...saved.periods, { fromStep: step, schedule: { ...current, rate: newRate } }];
}

/** The study's model for the categories of a data set. */
export function trainedModel(study: Study, dataset: DetectionDataset): Model {
  const channels = classChannels(study, dataset).map(({ channel }) => channel);
  return modelOf(study, 1 + Math.max(...channels));
}

/** The class channel of each category. */
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
  input: Input,
  clock: Clock,
): Promise<Values> {
  const { statistics } = study;
  if (statistics === undefined) return trainer.values();
  const { passes: steps, batch } = statistics;
  const batches = new Batches(dataset, { ...settings, seed: settings.seed + 1 }, batch, { ...input, steps });
  async function* passes() {
    for (let pass = 0; pass < steps; pass++) yield await clock.waitingFor(batches.at(pass));
  }
  return trainer.reestimateBatchNorm(passes());
}
