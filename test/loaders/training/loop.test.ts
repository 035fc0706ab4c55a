import { describe, expect, it } from "vitest";
import { Clock } from "../../../loaders/training/display/clock.js";
import { type LoopState, takeSteps } from "../../../loaders/training/loop.js";
import type { StepResult } from "../../../loaders/training/trainer.js";

/** A trainer whose steps have these losses, and whose weights are the number of its step. */
function fakeTrainer(losses: readonly number[], changes: Partial<StepResult> = {}) {
  return {
    step: 0,
    steps: losses.length,
    async train(): Promise<StepResult> {
      const loss = losses[this.step++]!;
      return { loss, classLoss: loss, boxLoss: 0, learningRate: 0.5, gradientNorm: 1, ...changes };
    },
    async snapshot() {
      return { step: this.step, vectors: new Map([["parameters", Float32Array.of(this.step)]]) };
    },
  };
}

/** Runs a fake to its end or its failure, and tells which steps' states were written after how many steps. */
async function run(trainer: ReturnType<typeof fakeTrainer>, saveEvery: number, saved?: LoopState) {
  const written: { state: number; after: number }[] = [];
  const states: LoopState[] = [];
  const outcome = takeSteps({
    trainer,
    batchAt: async () => [],
    imagesPerStep: 2,
    saveEvery,
    clock: new Clock(),
    saved,
    file: "/home/run.safetensors",
    save: async (state) => {
      written.push({ state: state.snapshot.step, after: trainer.step });
      states.push(state);
    },
    onProgress: () => {},
  });
  const failure = await outcome.then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { failure, written, states, curve: failure === undefined ? await outcome : [] };
}

const remedy = "Lower schedule.rate, lengthen schedule.warmupSteps or set clip in the study.";

describe("the loop of a training", () => {
  it("writes a state once the step after it is sound, and the last one at once", async () => {
    const { failure, written, curve } = await run(fakeTrainer([5, 4, 3, 2, 1]), 2);
    expect(failure).toBeUndefined();
    expect(written).toEqual([
      { state: 2, after: 3 },
      { state: 4, after: 5 },
      { state: 5, after: 5 },
    ]);
    expect(curve.map(({ step, imagesSeen, loss }) => [step, imagesSeen, loss])).toEqual([
      [1, 2, 5],
      [2, 4, 4],
      [3, 6, 3],
      [4, 8, 2],
      [5, 10, 1],
    ]);
  });

  it("stops where a loss is no number, and keeps the state before the step that led there", async () => {
    // The state of step 4 leads to the loss that is none: it is not written.
    const { failure, written } = await run(fakeTrainer([5, 4, 3, 2, Number.NaN, 1]), 2);
    expect(written).toEqual([{ state: 2, after: 3 }]);
    expect(failure).toBe(
      "The loss is NaN at step 5, at a learning rate of 0.500. The state of step 2 is in /home/run.safetensors. " +
        `${remedy} To continue from that state, give --resume with a lower --new-rate.`,
    );
  });

  it("stops where a gradient is no number, and says where no state was written yet", async () => {
    const { failure, written } = await run(fakeTrainer([5, 4], { gradientNorm: Number.NaN }), 1);
    expect(written).toEqual([]);
    expect(failure).toBe(
      "The gradient's norm is NaN at step 1, at a learning rate of 0.500. " +
        `No state has been saved yet. ${remedy}`,
    );
  });

  it("stops where the loss explodes, and keeps the state before it began to", async () => {
    const { failure, written } = await run(fakeTrainer([2, 2, 2, 2, 50, 900, 900, 900, 900]), 1);
    expect(written.at(-1)).toEqual({ state: 3, after: 4 });
    expect(failure).toContain("The loss exploded, from 2.00 to 900 (medians) at step 8, ");
    expect(failure).toContain("The state of step 3 is in /home/run.safetensors.");
  });

  it("takes a new state right after one that was in doubt", async () => {
    // The loss after step 2 is over ten times the median of 2; after step 3 all is well.
    const { failure, written } = await run(fakeTrainer([2, 2, 30, 2, 2, 2, 2]), 2);
    expect(failure).toBeUndefined();
    expect(written.map(({ state }) => state)).toEqual([3, 5, 7]);
  });

  it("goes on as if it had not been cut off", async () => {
    const losses = Array.from({ length: 250 }, (_, step) => 300 - step);
    const whole = await run(fakeTrainer(losses), 101);
    const [state] = whole.states;
    const later = fakeTrainer(losses);
    later.step = state!.snapshot.step;
    const resumed = await run(later, 101, state);
    expect(state!.snapshot.step).toBe(101);
    expect(state!.since).not.toEqual([]);
    expect(resumed.curve).toEqual(whole.curve);
    expect(resumed.states.at(-1)!.losses).toEqual(whole.states.at(-1)!.losses);
  });
});
