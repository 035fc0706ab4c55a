import type { CurvePoint } from "../records/record.js";
import type { Clock } from "./clock.js";
import { DivergenceWatch } from "./divergence.js";
import type { Example } from "./input/examples.js";
import type { TrainingState } from "./resume.js";
import type { Snapshot, StepLosses, StepResult, Trainer } from "./trainer.js";

export interface TrainingProgress extends StepResult {
  readonly step: number;
  readonly steps: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
  /** Share of the time since this sitting began in which the engine waited for data. */
  readonly waitedShare: number;
}

export interface LoopSettings {
  /** Takes the steps; it may have taken some already. */
  readonly trainer: Pick<Trainer, "step" | "steps" | "train" | "snapshot">;
  readonly batchAt: (step: number) => Promise<readonly Example[]>;
  readonly imagesPerStep: number;
  readonly saveEvery: number;
  readonly clock: Clock;
  /** What the steps before this sitting left. */
  readonly saved: Pick<TrainingState, "curve" | "since" | "losses"> | undefined;
  /** Where the states are written, for what is said about them. */
  readonly file: string;
  readonly save: (state: LoopState) => Promise<void>;
  readonly onProgress: (progress: TrainingProgress) => void;
}

/** What a state holds of the loop itself. */
export type LoopState = Pick<
  TrainingState,
  "snapshot" | "curve" | "since" | "losses" | "trainingSeconds" | "waitedSeconds"
>;

const curvePoints = 100;

/**
 * Takes all steps that are left. A state is written one step after it was taken, once the loss that its weights lead
 * to has been found sound, so that the state on the disk stays a good one where a run diverges.
 *
 * @returns the curve
 * @throws Error where the run diverges: the step, the learning rate, where the last good state is, and what helps
 */
export async function takeSteps(settings: LoopSettings): Promise<CurvePoint[]> {
  const { trainer, clock, saved, imagesPerStep } = settings;
  const curve = [...(saved?.curve ?? [])];
  const watch = new DivergenceWatch(saved?.losses);
  const firstStep = trainer.step;
  let lastSaved = firstStep;
  let lastTaken = firstStep;
  let since: StepLosses[] = [...(saved?.since ?? [])];
  let taken: LoopState | undefined;
  const write = async (state: LoopState): Promise<void> => {
    await settings.save(state);
    lastSaved = state.snapshot.step;
  };
  while (trainer.step < trainer.steps) {
    const result = await trainer.train(await clock.waitingFor(settings.batchAt(trainer.step)));
    const { step, steps } = trainer;
    const wrong = watch.see(result);
    if (wrong !== undefined) throw broken(wrong, result, step, lastSaved, settings.file);
    if (taken && watch.sound) await write(taken);
    // One in doubt is given up, and another taken at once.
    else if (taken) lastTaken = lastSaved;
    taken = undefined;

    const { gradientNorm: _, ...losses } = result;
    since.push(losses);
    if (step % Math.ceil(steps / curvePoints) === 0 || step === steps) {
      curve.push(curvePoint(since, step, imagesPerStep));
      since = [];
    }
    const imagesPerSecond = ((step - firstStep) * imagesPerStep) / clock.sinceStart();
    settings.onProgress({
      ...result,
      step,
      steps,
      imagesPerSecond,
      secondsLeft: ((steps - step) * imagesPerStep) / imagesPerSecond,
      waitedShare: clock.waitedShare(),
    });
    if (step - lastTaken >= settings.saveEvery || step === steps) {
      const snapshot = await trainer.snapshot();
      // A state with such numbers could only go on to fail, in the place of one that could be looked into.
      if (!allFinite(snapshot)) {
        throw broken("The weights are no longer finite", result, step, lastSaved, settings.file);
      }
      taken = {
        snapshot,
        curve: [...curve],
        since,
        losses: watch.kept,
        trainingSeconds: clock.total(),
        waitedSeconds: clock.waited(),
      };
      since = [...since];
      lastTaken = step;
    }
  }
  // No loss follows the last step.
  if (taken) await write(taken);
  return curve;
}

function curvePoint(results: readonly StepLosses[], step: number, imagesPerStep: number): CurvePoint {
  const mean = (pick: (result: StepLosses) => number): number =>
    Number((results.reduce((sum, result) => sum + pick(result), 0) / results.length).toPrecision(6));
  return {
    step,
    imagesSeen: step * imagesPerStep,
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
function broken(
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
      ? `${at} The state of step ${lastSaved} is in ${file}. ${remedy} To go on from that state, give --resume with a lower --rate.`
      : `${at} No state was saved yet. ${remedy}`,
  );
}
