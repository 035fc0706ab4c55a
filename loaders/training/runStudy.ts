import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { StoredType } from "../../src/checkpoints/safetensors.js";
import { decodeWeights, encodeWeights } from "../../src/checkpoints/weights.js";
import type { CocoFolderOptions } from "../datasets/cocoFolder.js";
import type { DetectionDataset } from "../datasets/dataset.js";
import type { Engine } from "../engine/engineChoice.js";
import { requirePrecision } from "../engine/steps/requirePrecision.js";
import { checkCategories } from "../evaluation/checkCategories.js";
import { evaluateDetector } from "../evaluation/evaluateDetector.js";
import { writeFileWhole } from "../files/writeFile.js";
import { commit, dataOf, hardware, refuseChangedCode, sha256 } from "../records/provenance.js";
import type { RunRecord } from "../records/record.js";
import { refuseExisting, withRecordLock, writeRecord } from "../records/records.js";
import type { InputOptions } from "./input/pipeline.js";
import type { TrainingProgress } from "./loop.js";
import { readStart, type StartingWeights } from "./startingWeights.js";
import type { SchedulePeriod } from "./state/progress.js";
import { stateFile } from "./state/stateFile.js";
import type { Study } from "./study.js";
import { openStudyData } from "./studyData.js";
import { classChannels, type TrainingOutcome, train, trainedModel } from "./train.js";

export interface StudyRun {
  readonly study: Study;
  /** The command that runs it again. */
  readonly command: string;
  readonly data?: string;
  readonly dataOptions?: CocoFolderOptions;
  readonly seed?: number;
  /** Called once the data has been opened, so that missing data fails before anything slow. */
  readonly startEngine: () => Promise<Engine>;
  readonly onState: "resume" | "restart" | "refuse";
  /** The base learning rate from here on, when resuming. */
  readonly newRate?: number | undefined;
  /** What to do if the run is cut off, as the end of a sentence. */
  readonly howToContinue: string;
  /** The folder that `runs/` and `weights/` are written to. */
  readonly out: string;
  /** Write into the project's own `data` though the code differs from its commit. */
  readonly allowChanges?: boolean | undefined;
  readonly storedType: StoredType;
  readonly input?: InputOptions;
  readonly onProgress: (progress: TrainingProgress) => void;
  readonly onEvaluated: (done: number, of: number) => void;
}

/**
 * Trains a study, evaluates the result on the validation split, and writes weights and run record. The weights that are
 * evaluated are those in the file, rounded to its stored type.
 *
 * @throws Error before anything slow, if another process is making the record, or it exists, or it would not say what
 *   made it
 */
export function runStudy(run: StudyRun): Promise<{ record: RunRecord; recordFile: string }> {
  const id = runId(run);
  return withRecordLock(join(run.out, "runs"), id, () => trainAndRecord(id, run));
}

/** What a run's record, weights and state are named for. */
export function runId({ study, seed = study.seed }: Pick<StudyRun, "study" | "seed">): string {
  return `${study.id}-seed${seed}`;
}

async function trainAndRecord(id: string, run: StudyRun): Promise<{ record: RunRecord; recordFile: string }> {
  const { study, out, seed = study.seed, onState, newRate, howToContinue, input, onProgress } = run;
  const weightsFile = join(out, "weights", `${id}.safetensors`);
  await requireRoomFor(id, run);
  const inputs = await inputsOf(run);
  const { trainSplit, validation, start, engine } = inputs;
  const outcome = await train(study, trainSplit, {
    run: id,
    out,
    seed,
    engine,
    start,
    onState,
    newRate,
    howToContinue,
    input,
    onProgress,
  });
  const file = encodeWeights(outcome.weights, run.storedType);
  const weights = decodeWeights(file, weightsFile);
  const { metrics } = await evaluateDetector(weights, validation, {
    onImage: (done) => run.onEvaluated(done, validation.images.length),
  });
  const record: RunRecord = {
    id,
    seed,
    ...recordOf(run, inputs, outcome),
    metrics,
    weights: { file: `${id}.safetensors`, sha256: sha256(file) },
  };
  await writeFileWhole(weightsFile, file, howToContinue);
  const recordFile = await writeRecord(record, join(out, "runs"), howToContinue);
  await outcome.deleteState();
  return { record, recordFile };
}

/** Refuses what would otherwise fail at the end of a long run. */
async function requireRoomFor(id: string, { out, allowChanges }: StudyRun): Promise<void> {
  await refuseExisting(join(out, "runs", `${id}.json`));
  if (!allowChanges) await refuseChangedCode(out);
  await checkWritable(join(out, "weights"), dirname(stateFile(id, out)));
}

/** What a run is made from. */
interface RunInputs {
  readonly commit: string;
  readonly trainSplit: DetectionDataset;
  readonly validation: DetectionDataset;
  readonly start: StartingWeights | undefined;
  readonly engine: Engine;
}

async function inputsOf(run: StudyRun): Promise<RunInputs> {
  const { study, out } = run;
  // Read now: during a run of hours the checkout may change, but not the loaded code.
  const startedFrom = await commit();
  const { train: trainSplit, validation } = await openStudyData(study, run.data, run.dataOptions);
  // Checked before hours of training, not after.
  checkCategories(classChannels(study, trainSplit), validation);
  const start = study.from && (await readStart(study.from, trainedModel(study, trainSplit), out));
  const engine = await run.startEngine();
  requirePrecision(study.precision, engine);
  return { commit: startedFrom, trainSplit, validation, start, engine };
}

/** What a record says about a run, apart from its results. */
function recordOf(
  { study, command }: StudyRun,
  { commit, trainSplit, validation, start, engine }: RunInputs,
  { weights, curve, periods, imagesSeen, started, trainingSeconds, waitedShare }: TrainingOutcome,
): Omit<RunRecord, "id" | "seed" | "metrics" | "weights"> {
  return {
    kind: "train",
    study: study.id,
    title: study.title,
    tier: study.tier,
    command,
    model: weights.model,
    data: {
      ...dataOf(validation),
      trainSplit: trainSplit.split,
      trainHash: trainSplit.hash,
      trainImages: trainSplit.images.length,
    },
    schedule: scheduleOf(study, periods),
    ...(start ? { start: start.origin } : {}),
    imagesSeen,
    engine: { name: engine.name, versions: engine.versions },
    precision: study.precision,
    hardware: hardware(),
    commit,
    started,
    finished: new Date().toISOString(),
    trainingSeconds,
    waitedShare,
    curve: [...curve],
  };
}

/** The study's settings that the record does not list elsewhere, and all schedules of a run that changed them. */
function scheduleOf(
  {
    id: _id,
    title: _title,
    tier: _tier,
    model: _model,
    seed: _seed,
    precision: _precision,
    from: _from,
    ...schedule
  }: Study,
  periods: readonly SchedulePeriod[],
): RunRecord["schedule"] {
  return periods.length > 1 ? { ...schedule, periods } : schedule;
}

/** A run of hours must not fail at a folder that cannot be written to. */
async function checkWritable(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const probe = join(folder, ".writable");
    await writeFileWhole(probe, "");
    await rm(probe);
  }
}
