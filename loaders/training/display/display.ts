import { SingleBar } from "cli-progress";
import type { DecodingReport } from "../../datasets/decodedImages.js";
import { log } from "../../log.js";
import type { TrainingProgress } from "../loop.js";
import { isJob, tellParent } from "./jobMessages.js";

export const barOptions = {
  stream: process.stderr,
  format:
    "{bar} step {value}/{total} | loss {loss} (class {classLoss}, box {boxLoss}) | {speed} images/s, {waited} waiting | {left} left",
  hideCursor: false,
  // cli-progress would catch the interrupt, and the run would continue.
  gracefulExit: false,
};

/** The values of a bar of this format. */
export function valuesOf(progress: TrainingProgress) {
  return {
    loss: progress.loss.toFixed(3),
    classLoss: progress.classLoss.toFixed(3),
    boxLoss: progress.boxLoss.toFixed(3),
    speed: progress.imagesPerSecond.toFixed(1),
    waited: `${(100 * progress.waitedShare).toFixed(1)}%`,
    left: durationOf(progress.secondsLeft),
  };
}

/** The same plus the learning rate, as a log line. */
export function lineOf(progress: TrainingProgress): string {
  const { loss, classLoss, boxLoss, speed, waited, left } = valuesOf(progress);
  return (
    `step ${progress.step}/${progress.steps}: loss ${loss} (class ${classLoss}, box ${boxLoss}), ` +
    `learning rate ${progress.learningRate.toPrecision(3)}, ${speed} images/s, ` +
    `${waited} of the time waiting for data, ${left} left`
  );
}

/** Limits log lines to one every ten seconds. */
export class LogPace {
  constructor(private last = 0) {}

  isDue(): boolean {
    if (Date.now() - this.last <= 10_000) return false;
    this.last = Date.now();
    return true;
  }
}

/** Shows a run's training and evaluation on standard error: a bar on a terminal, occasional lines in a log. */
export class RunDisplay {
  private readonly bar = new SingleBar(barOptions);
  private readonly trainingPace = new LogPace();
  private readonly evaluationPace = new LogPace();
  private isStarted = false;
  /** When the first images were evaluated, since which the speed counts: an engine's first ones take longer. */
  private evaluation: { readonly done: number; readonly time: number } | undefined;

  readonly onProgress = (progress: TrainingProgress): void => {
    const { step, steps } = progress;
    if (isJob()) tellParent(progress);
    else if (process.stderr.isTTY) {
      const values = valuesOf(progress);
      if (!this.isStarted) this.bar.start(steps, step, values);
      this.isStarted = true;
      this.bar.update(step, values);
      if (step === steps) this.stop();
    } else if (this.trainingPace.isDue() || step === steps) log.info(lineOf(progress));
  };

  readonly onEvaluated = (done: number, of: number): void => {
    this.evaluation ??= { done, time: Date.now() };
    if (this.evaluationPace.isDue() || done === of) {
      const seconds = (Date.now() - this.evaluation.time) / 1000;
      log.info(evaluationLine(done, of, (done - this.evaluation.done) / seconds));
    }
  };

  /** Must always be called: a running bar's timer keeps the process alive. */
  stop(): void {
    this.bar.stop();
  }
}

/** Logs the decoding of a split. */
export class DecodingDisplay implements DecodingReport {
  private readonly start = Date.now();
  private readonly pace = new LogPace(this.start);
  private isStarted = false;

  tooLarge(bytes: number, limitBytes: number): void {
    if (limitBytes === 0) return;
    const gibibytes = (value: number): string => `${(value / 2 ** 30).toFixed(1)} GiB`;
    log.warn(
      `The decoded images would take ${gibibytes(bytes)}, more than the ${gibibytes(limitBytes)} of --image-cache-limit; ` +
        "each is decoded whenever it is needed",
    );
  }

  waiting(file: string): void {
    log.info(`Waiting for another run that is decoding the images into ${file}`);
  }

  decoded(done: number, of: number, bytes: number, file: string): void {
    if (!this.isStarted) {
      log.info(`Decoding ${of} images once, for all runs: ${(bytes / 2 ** 20).toFixed(0)} MiB in ${file}`);
    }
    this.isStarted = true;
    if (done === of) log.info(`Decoded in ${durationOf((Date.now() - this.start) / 1000)}`);
    else if (this.pace.isDue()) log.info(`${done}/${of} images decoded`);
  }
}

/** @param speed in images per second; 0 or not a number where none was measured yet */
function evaluationLine(done: number, of: number, speed: number): string {
  const line = `${done}/${of} images evaluated`;
  if (!(speed > 0)) return line;
  const pace = speed >= 1 ? `${speed.toFixed(1)} images/s` : `${(1 / speed).toFixed(1)} s per image`;
  return done === of ? `${line}, ${pace}` : `${line}, ${pace}, ${durationOf((of - done) / speed)} left`;
}

function durationOf(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
