import type { StepResult } from "./trainer.js";

/** A run has diverged when its recent losses are this many times those before. */
const explosion = 100;
/** A state is not worth keeping where the loss it leads to is this many times those before. */
const doubt = 10;
/** So many losses are recent: a single odd batch shall not end a run of hours. */
const recentCount = 5;
const earlierCount = 100;

/**
 * Watches a run for divergence. It has diverged
 *
 * - when a loss, or the length of a gradient, is no finite number, or
 * - when the median of its last 5 losses is over 100 times the median of the (at most 100) losses before them.
 */
export class DivergenceWatch {
  private readonly losses: number[];

  /** @param losses Those of the steps before, from {@link kept}, where a run goes on. */
  constructor(losses: readonly number[] = []) {
    this.losses = [...losses];
  }

  /** Takes in a step, and says what is wrong with it, as the beginning of a sentence; undefined where nothing is. */
  see({ loss, gradientNorm }: StepResult): string | undefined {
    if (!Number.isFinite(loss)) return `The loss is ${loss}`;
    if (!Number.isFinite(gradientNorm)) return `The gradient's length is ${gradientNorm}`;
    this.losses.push(loss);
    this.losses.splice(0, this.losses.length - earlierCount - recentCount);
    const earlier = this.losses.slice(0, -recentCount);
    if (earlier.length === 0) return undefined;
    const [now, before] = [medianOf(this.losses.slice(-recentCount)), medianOf(earlier)];
    if (!(now > explosion * before)) return undefined;
    return `The loss explodes, from ${before.toPrecision(3)} to ${now.toPrecision(3)} (medians)`;
  }

  /** Whether the last loss is like those before it, so that the weights it was computed with are worth keeping. */
  get sound(): boolean {
    const earlier = this.losses.slice(0, -1);
    return earlier.length === 0 || this.losses.at(-1)! <= doubt * medianOf(earlier);
  }

  /** The losses that the next step is compared with. */
  get kept(): readonly number[] {
    return [...this.losses];
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
