import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import { runStudy } from "../../../loaders/training/runStudy.js";
import { stateFile } from "../../../loaders/training/state/stateFile.js";
import { tinyStudy } from "./tinyStudy.js";

/** Twenty good steps, then a rate at which no network survives. */
const exploding = tinyStudy({
  images: 80,
  optimiser: { kind: "sgd" },
  schedule: { kind: "step", rate: 0.01, drops: [{ at: 0.5, factor: 1e25 }] },
  clip: undefined,
  averageDecay: undefined,
  saveEvery: 5,
});

describe("a study whose rate becomes huge, on wasm", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "diverging-"));
    vi.stubEnv("SPINENET_ENGINE_HOME", join(folder, "home"));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  const run = (study: typeof exploding, onState: "refuse" | "resume", newRate?: number) =>
    runStudy({
      study,
      newRate,
      howToContinue: "continue with --resume",
      command: "npm run --silent spinenet -- train tiny.json",
      startEngine: () => startEngine("wasm"),
      onState,
      out: join(folder, "out"),
      storedType: "F32",
      onProgress: () => {},
      onEvaluated: () => {},
    });

  it("stops, leaves the last good state, and goes on from it at another rate, which the record tells", async () => {
    const failure = await run(exploding, "refuse").then(
      () => "",
      (error: Error) => error.message,
    );
    expect(failure).toMatch(
      /^(The loss is|The gradient's norm is) (NaN|-?Infinity) at step 2\d, at a learning rate of 1\.00e\+23\. The state of step (15|20) is in /,
    );
    expect(failure).toContain("To continue from that state, give --resume with a lower --new-rate.");
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const stored = stateFile("tiny-seed1", join(folder, "out"));
    expect(files.filter((file) => file.isFile()).map(({ name }) => name)).toEqual([basename(stored)]);
    const state = await readFile(stored);
    // Where it fails again the state is still the same.
    await expect(run(exploding, "resume")).rejects.toThrow("at a learning rate of 1.00e+23");
    expect(await readFile(stored)).toEqual(state);
    // Another rate from the start is another run.
    const gentle = { ...exploding, schedule: { ...exploding.schedule, rate: 1e-27 } };
    await expect(run(gentle, "resume")).rejects.toThrow("study.schedule.rate (0.01 there, 1e-27 here)");

    const { record } = await run(exploding, "resume", 1e-27);
    const [saved] = /(?<=The state of step )\d+/.exec(failure)!;
    expect(record.schedule).toMatchObject({
      schedule: { rate: 0.01 },
      periods: [
        { fromStep: 0, schedule: { rate: 0.01 } },
        { fromStep: Number(saved), schedule: { rate: 1e-27 } },
      ],
    });
    expect(record.imagesSeen).toBe(80);
  });
});
