import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  deleteState,
  fingerprintOf,
  readState,
  stateFile,
  type TrainingState,
  writeState,
} from "../../../loaders/training/resume.js";
import { tinyStudy } from "./tinyStudy.js";

const result = { loss: 1.5, classLoss: 1, boxLoss: 0.25, learningRate: 0.1 };
const state: TrainingState = {
  snapshot: {
    step: 7,
    vectors: new Map([
      ["parameters", Float32Array.of(1, -0, 1e-40)],
      ["slot/first", Float32Array.of(0.1, 0.2, 0.3)],
    ]),
  },
  curve: [{ step: 5, imagesSeen: 10, ...result }],
  since: [result, { ...result, loss: 0.1 + 0.2 }],
  losses: [3, 2, 1.5],
  periods: [
    { fromStep: 0, schedule: { kind: "step", rate: 0.1, warmupSteps: 0, warmupRate: 0, drops: [] } },
    { fromStep: 4, schedule: { kind: "cosine", rate: 0.01, warmupSteps: 2, warmupRate: 0.001, final: 0 } },
  ],
  started: "2020-01-01T00:00:00.000Z",
  trainingSeconds: 12.3,
  waitedSeconds: 0.4,
};

describe("a training state", () => {
  let folder = "";
  let file = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "state-"));
    file = join(folder, "run.safetensors");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it("comes back as it was written, to the bit, and replaces the one before", async () => {
    await writeState(file, "print", { ...state, snapshot: { ...state.snapshot, step: 6 } });
    await writeState(file, "print", state);
    expect(await readState(file, "print")).toEqual(state);
    expect(await readdir(folder)).toEqual(["run.safetensors"]);
  });

  it("is none where no file is", async () => {
    expect(await readState(join(folder, "other.safetensors"), "print")).toBeUndefined();
  });

  it("of another run is refused, and left alone", async () => {
    await writeState(file, "print", state);
    await expect(readState(file, "other")).rejects.toThrow(
      `${file} is the state of a run with another study, seed, engine, data or initial weights. Start over with --restart, which deletes it.`,
    );
    expect(await readState(file, "print")).toEqual(state);
  });

  it("that is damaged is refused with the way out", async () => {
    await writeState(file, "print", state);
    const bytes = await readFile(file);
    const refusal = `${file} is damaged, so the run cannot be resumed. Start over with --restart, which deletes it.`;
    await writeFile(file, bytes.subarray(0, bytes.length - 3));
    await expect(readState(file, "print")).rejects.toThrow(refusal);
    await writeFile(file, "");
    await expect(readState(file, "print")).rejects.toThrow(refusal);
    await writeFile(
      file,
      Buffer.from(bytes.toString("latin1").replace('"step\\":7', '"stop\\":7'), "latin1"),
    );
    await expect(readState(file, "print")).rejects.toThrow(
      `${file} is not a training state. Start over with --restart`,
    );
  });

  it("is gone once deleted, which may be done twice", async () => {
    await writeState(file, "print", state);
    await deleteState(file);
    await deleteState(file);
    expect(await readState(file, "print")).toBeUndefined();
  });

  it("lies in the engine home", () => {
    vi.stubEnv("SPINENET_ENGINE_HOME", "/somewhere");
    expect(stateFile("a-seed1")).toBe(join("/somewhere", "training", "a-seed1.safetensors"));
  });

  it("knows its run by all of study, seed, engine and data", () => {
    const study = tinyStudy();
    const prints = [
      fingerprintOf(study, 1, "wasm", "hash"),
      fingerprintOf(tinyStudy({ clip: 5 }), 1, "wasm", "hash"),
      fingerprintOf(tinyStudy({ precision: "bfloat16" }), 1, "wasm", "hash"),
      fingerprintOf(study, 2, "wasm", "hash"),
      fingerprintOf(study, 1, "native", "hash"),
      fingerprintOf(study, 1, "wasm", "other"),
      fingerprintOf(study, 1, "wasm", "hash", "weights"),
    ];
    expect(new Set(prints).size).toBe(7);
    expect(fingerprintOf(tinyStudy(), 1, "wasm", "hash")).toBe(prints[0]);
  });

  it("is the same run's with another schedule: one that diverged may go on with a lower rate", () => {
    const slower = tinyStudy({ schedule: { kind: "cosine", rate: 1e-4 } });
    expect(fingerprintOf(slower, 1, "wasm", "hash")).toBe(fingerprintOf(tinyStudy(), 1, "wasm", "hash"));
  });
});
