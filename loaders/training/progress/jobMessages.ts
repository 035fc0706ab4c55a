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

/** Whether this process is one of several runs', whose parent shows how far they are. */
export function isJob(): boolean {
  return process.env.SPINENET_JOB === "1" && process.send !== undefined;
}

/** Tells the parent how far this run is. */
export function tellParent(progress: TrainingProgress): void {
  process.send?.(progress);
}

/** @throws Error if the message is no progress. */
export function parseProgress(message: unknown): TrainingProgress {
  const result = v.safeParse(progressSchema, message);
  if (!result.success) throw new Error("A run's process sent what is no progress.");
  return result.output;
}

/** Ends this process when its parent has ended, however that was. */
export function endWithParent(): void {
  process.once("disconnect", () => process.exit(1));
  // To listen would keep the process from ending by itself.
  process.channel?.unref();
}
