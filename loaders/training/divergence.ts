import { median } from "d3";
import type { StepResult } from "./trainer.js";

/** A run has diverged when its recent losses are this many times the earlier ones. */
const explosion = 100;
/** A state is not saved if the loss that follows it is this many times the earlier ones. */
const doubt = 10;
/** Number of recent losses: a single odd batch must not end a run of hours. */
const recentCount = 5;
const earlierCount = 100;
/** How many losses the next ones are compared with, once as many steps have been taken. */
export const keptLosses = earlierCount + recentCount;

/**
 * Watches a run for divergence. It has diverged
 *
 * - when a loss or a gradient's norm is not finite, or
 * - when the median of its last 5 losses is over 100 times the median of the (at most 100) losses before them.
 */
export class DivergenceWatch {
  private readonly losses: number[];

  /** @param losses from {@link kept}, if a run is resumed */
  constructor(losses: readonly number[] = []) {
    this.losses = [...losses];
  }

  /** Records a step. Returns what is wrong with it, as the start of a sentence, or undefined. */
  see({ loss, gradientNorm }: StepResult): string | undefined {
    if (!Number.isFinite(loss)) return `The loss is ${loss}`;
    if (!Number.isFinite(gradientNorm)) return `The gradient's norm is ${gradientNorm}`;
    this.losses.push(loss);
    this.losses.splice(0, this.losses.length - keptLosses);
    const earlier = this.losses.slice(0, -recentCount);
    if (earlier.length === 0) return undefined;
    const [now, before] = [median(this.losses.slice(-recentCount))!, median(earlier)!];
    if (!(now > explosion * before)) return undefined;
    return `The loss exploded, from ${before.toPrecision(3)} to ${now.toPrecision(3)} (medians)`;
  }

  /** Whether the last loss is in line with the earlier ones, so the weights it was computed with are worth saving. */
  get sound(): boolean {
    const earlier = this.losses.slice(0, -1);
    return earlier.length === 0 || this.losses.at(-1)! <= doubt * median(earlier)!;
  }

  /** The losses that the next steps are compared with. */
  get kept(): readonly number[] {
    return [...this.losses];
  }
}
