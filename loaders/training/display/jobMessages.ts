import * as v from "valibot";
import type { TrainingProgress } from "../loop.js";

const progressSchema = v.object({
  step: v.number(),
  steps: v.number(),
  loss: v.number(),
  classLoss: v.number(),
  boxLoss: v.number(),
  learningRate: v.number(),
  gradientNorm: v.number(),
  imagesPerSecond: v.number(),
  secondsLeft: v.number(),
  waitedShare: v.number(),
});

/** Whether this process is one of several jobs, whose parent shows their progress. */
export function isJob(): boolean {
  return process.env.SPINENET_JOB === "1" && process.send !== undefined;
}

/** Sends this run's progress to the parent process. */
export function tellParent(progress: TrainingProgress): void {
  process.send?.(progress);
}

/** @throws Error if the message is not a progress report */
export function parseProgress(message: unknown): TrainingProgress {
  const result = v.safeParse(progressSchema, message);
  if (!result.success) throw new Error("A job's process sent an invalid progress message.");
  return result.output;
}

/** Ends this process when its parent has ended, for whatever reason. */
export function endWithParent(): void {
  process.once("disconnect", () => process.exit(1));
  // Listening would keep the process alive.
  process.channel?.unref();
}
