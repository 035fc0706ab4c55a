import { mean } from "d3";
import type { CurvePoint } from "../records/record.js";
import { curveInterval } from "./curve.js";
import type { Clock } from "./display/clock.js";
import { DivergenceWatch } from "./divergence.js";
import type { Example } from "./input/examples.js";
import type { TrainingState } from "./state/stateFile.js";
import type { Snapshot, StepLosses, StepResult, Trainer } from "./trainer.js";

export interface TrainingProgress extends StepResult {
  readonly step: number;
  readonly steps: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
  /** Share of the time since start or resume spent waiting for data. */
  readonly waitedShare: number;
}

interface LoopSettings {
  /** Takes the steps; it may have taken some already. */
  readonly trainer: Pick<Trainer, "step" | "steps" | "train" | "snapshot">;
  readonly batchAt: (step: number) => Promise<readonly Example[]>;
  readonly imagesPerStep: number;
  readonly saveEvery: number;
  readonly clock: Clock;
  /** The state that the run is resumed from. */
  readonly saved: Pick<TrainingState, "curve" | "since" | "losses"> | undefined;
  /** Where states are saved, for error messages. */
  readonly file: string;
  readonly save: (state: LoopState) => Promise<void>;
  readonly onProgress: (progress: TrainingProgress) => void;
}

/** The loop's own part of a training state. */
export type LoopState = Pick<
  TrainingState,
  "snapshot" | "curve" | "since" | "losses" | "trainingSeconds" | "waitedSeconds"
>;

/**
 * Takes the remaining steps. A state is saved one step after its snapshot, once the loss computed with its weights has
 * turned out sound, so the saved state remains a good one if the run diverges.
 *
 * @returns the curve
 * @throws Error if the run diverges: the step, the learning rate, where the last good state is, and what helps
 */
export async function takeSteps(settings: LoopSettings): Promise<CurvePoint[]> {
  const { trainer, clock, saved, imagesPerStep } = settings;
  const { steps } = trainer;
  const curve = [...(saved?.curve ?? [])];
  let since: StepLosses[] = [...(saved?.since ?? [])];
  const watch = new DivergenceWatch(saved?.losses);
  const firstStep = trainer.step;
  let lastSaved = firstStep;
  let lastTaken = firstStep;
  let unsaved: LoopState | undefined;
  const save = async (state: LoopState): Promise<void> => {
    await settings.save(state);
    lastSaved = state.snapshot.step;
  };
  while (trainer.step < steps) {
    const result = await trainer.train(await clock.waitingFor(settings.batchAt(trainer.step)));
    const { step } = trainer;
    const wrong = watch.see(result);
    if (wrong !== undefined) throw diverged(wrong, result, step, lastSaved, settings.file);
    if (unsaved && watch.sound) await save(unsaved);
    // A doubtful state is dropped, and another is taken right away.
    else if (unsaved) lastTaken = lastSaved;
    unsaved = undefined;

    const { gradientNorm: _, ...losses } = result;
    since.push(losses);
    if (step % curveInterval(steps) === 0 || step === steps) {
      curve.push(curvePoint(since, step, imagesPerStep));
      since = [];
    }
    settings.onProgress(progressOf(result, step, firstStep, settings));
    if (step - lastTaken >= settings.saveEvery || step === steps) {
      const snapshot = await trainer.snapshot();
      // Saved, this state would replace one that can still be resumed or examined.
      if (!allFinite(snapshot)) {
        throw diverged("The weights are no longer finite", result, step, lastSaved, settings.file);
      }
      unsaved = {
        snapshot,
        curve: [...curve],
        since: [...since],
        losses: watch.kept,
        trainingSeconds: clock.total(),
        waitedSeconds: clock.waited(),
      };
      lastTaken = step;
    }
  }
  // No loss follows the last step.
  if (unsaved) await save(unsaved);
  return curve;
}

function progressOf(
  result: StepResult,
  step: number,
  firstStep: number,
  { trainer: { steps }, imagesPerStep, clock }: LoopSettings,
): TrainingProgress {
  const imagesPerSecond = ((step - firstStep) * imagesPerStep) / clock.sinceStart();
  const secondsLeft = ((steps - step) * imagesPerStep) / imagesPerSecond;
  return { ...result, step, steps, imagesPerSecond, secondsLeft, waitedShare: clock.waitedShare() };
}

function curvePoint(results: readonly StepLosses[], step: number, imagesPerStep: number): CurvePoint {
  const rounded = (value: number): number => Number(value.toPrecision(6));
  return {
    step,
    imagesSeen: step * imagesPerStep,
    learningRate: rounded(results.at(-1)!.learningRate),
    loss: rounded(mean(results, ({ loss }) => loss)!),
    classLoss: rounded(mean(results, ({ classLoss }) => classLoss)!),
    boxLoss: rounded(mean(results, ({ boxLoss }) => boxLoss)!),
  };
}

function allFinite({ vectors }: Snapshot): boolean {
  return [...vectors.values()].every((values) => values.every(Number.isFinite));
}

/** @param step number of steps taken, including the one that diverged */
function diverged(
  wrong: string,
  { learningRate }: StepResult,
  step: number,
  lastSaved: number,
  file: string,
): Error {
  const at = `${wrong} at step ${step}, at a learning rate of ${learningRate.toPrecision(3)}.`;
  const remedy = "Lower schedule.rate, lengthen schedule.warmupSteps or set clip in the study.";
  return new Error(
    lastSaved > 0
      ? `${at} The state of step ${lastSaved} is in ${file}. ${remedy} To continue from that state, give --resume with a lower --new-rate.`
      : `${at} No state has been saved yet. ${remedy}`,
  );
}
