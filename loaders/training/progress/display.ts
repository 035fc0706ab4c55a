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
  // Its own would catch the interrupt, and the run would go on.
  gracefulExit: false,
};

/** What a bar of this format shows. */
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

/** The same, and the learning rate, as a line of a log. */
export function lineOf(progress: TrainingProgress): string {
  const { loss, classLoss, boxLoss, speed, waited, left } = valuesOf(progress);
  return (
    `step ${progress.step}/${progress.steps}: loss ${loss} (class ${classLoss}, box ${boxLoss}), ` +
    `learning rate ${progress.learningRate.toPrecision(3)}, ${speed} images/s, ` +
    `${waited} of the time waiting for data, ${left} left`
  );
}

/** Shows a training run on standard error: a bar on a terminal, a line now and then in a log. */
export class TrainingDisplay {
  private readonly bar = new SingleBar(barOptions);
  private started = false;
  private lastLine = 0;

  training(progress: TrainingProgress): void {
    const { step, steps } = progress;
    if (isJob()) tellParent(progress);
    else if (process.stderr.isTTY) {
      const values = valuesOf(progress);
      if (!this.started) this.bar.start(steps, step, values);
      this.started = true;
      this.bar.update(step, values);
      if (step === steps) this.stop();
    } else if (step === steps || Date.now() - this.lastLine > 10_000) {
      this.lastLine = Date.now();
      log.info(lineOf(progress));
    }
  }

  /** To be called however the run ends: a bar that is left keeps its timer, and with it the process. */
  stop(): void {
    this.bar.stop();
  }
}

/** Shows a pass over a data set's images, likewise. */
export class MeasuringDisplay {
  private begun = false;
  private lastLine = 0;

  measured(done: number, of: number): void {
    if (!this.begun) log.info(`Measuring on ${of} images`);
    this.begun = true;
    if (done === of || Date.now() - this.lastLine > 10_000) {
      this.lastLine = Date.now();
      log.info(`${done}/${of} images measured`);
    }
  }
}

/** Shows how a split is decoded in advance, likewise. */
export class DecodingDisplay implements DecodingReport {
  private begun = false;
  private lastLine = Date.now();
  private readonly start = Date.now();

  tooLarge(bytes: number, limitBytes: number): void {
    if (limitBytes === 0) return;
    const gibibytes = (value: number): string => `${(value / 2 ** 30).toFixed(1)} GiB`;
    log.warn(
      `Decoded, the images would take ${gibibytes(bytes)}, over the ${gibibytes(limitBytes)} of --image-cache-limit; ` +
        "each is decoded whenever it is needed",
    );
  }

  waiting(file: string): void {
    log.info(`Another run is decoding the images, into ${file}; waiting for it`);
  }

  decoded(done: number, of: number, bytes: number, file: string): void {
    if (!this.begun) {
      log.info(`Decoding ${of} images once, for all runs: ${(bytes / 2 ** 20).toFixed(0)} MiB in ${file}`);
    }
    this.begun = true;
    if (done === of) log.info(`Decoded in ${durationOf((Date.now() - this.start) / 1000)}`);
    else if (Date.now() - this.lastLine > 10_000) {
      this.lastLine = Date.now();
      log.info(`${done}/${of} images decoded`);
    }
  }
}

function durationOf(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
