import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type RunIdentity, trainedStudy } from "../../../../loaders/training/state/runIdentity.js";
import {
  deleteState,
  readState,
  stateFile,
  type TrainingState,
  writeState,
} from "../../../../loaders/training/state/stateFile.js";
import { encodeSafetensors } from "../../../../src/checkpoints/safetensors.js";
import { tinyModel, tinyStudy } from "../tinyStudy.js";

const study = tinyStudy();
const identity: RunIdentity = {
  study: trainedStudy(study),
  model: tinyModel,
  seed: 1,
  engine: "wasm",
  data: "hash",
  start: null,
  out: "/out",
};

// Two images per step and 250 steps: a point of the curve every three steps.
const plan = { steps: 250, imagesPerStep: 2, schedule: study.schedule };
const losses = { loss: 1.5, classLoss: 1, boxLoss: 0.25, learningRate: 0.1 };
const state: TrainingState = {
  snapshot: {
    step: 7,
    vectors: new Map([
      ["parameters", Float32Array.of(1, -0, 1e-40)],
      ["slot/first", Float32Array.of(0.1, 0.2, 0.3)],
    ]),
  },
  curve: [
    { step: 3, imagesSeen: 6, ...losses },
    { step: 6, imagesSeen: 12, ...losses },
  ],
  since: [{ ...losses, loss: 0.1 + 0.2 }],
  losses: [3, 2, 1.5, 1, 1, 1, 1],
  periods: [
    { fromStep: 0, schedule: study.schedule },
    { fromStep: 4, schedule: { ...study.schedule, rate: 0.001 } },
  ],
  started: "2020-01-01T00:00:00.000Z",
  trainingSeconds: 12.3,
  waitedSeconds: 0.4,
};

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "state-"));
  vi.stubEnv("SPINENET_ENGINE_HOME", folder);
  file = stateFile("tiny-seed1", join(folder, "out"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const read = (changes: Partial<RunIdentity> = {}) =>
  readState(file, "tiny-seed1", { ...identity, ...changes }, plan);

const startOver = "Start over with --restart, which deletes it.";

describe("a training state", () => {
  it("is read back as it was written, to the bit, and replaces the one before", async () => {
    const { snapshot, curve } = state;
    const before = {
      ...state,
      snapshot: { ...snapshot, step: 6 },
      curve,
      since: [],
      losses: state.losses.slice(1),
    };
    await writeState(file, identity, before);
    expect(await read()).toEqual(before);
    await writeState(file, identity, state);
    expect(await read()).toEqual(state);
    expect(await readdir(dirname(file))).toHaveLength(1);
  });

  it("is none where there is no file, and where it was deleted, which may be done twice", async () => {
    expect(await read()).toBeUndefined();
    await writeState(file, identity, state);
    await deleteState(file);
    await deleteState(file);
    expect(await read()).toBeUndefined();
  });

  it("is refused when any bit of it has changed", async () => {
    await writeState(file, identity, state);
    const bytes = await readFile(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (place, bit) => {
        const damaged = Buffer.from(bytes);
        damaged[place]! ^= 1 << bit;
        await writeFile(file, damaged);
        await expect(read()).rejects.toThrow(`${file} cannot be resumed: it is damaged`);
        await expect(read()).rejects.toThrow(startOver);
      }),
      { numRuns: 200 },
    );
    await writeFile(file, bytes);
    expect(await read()).toEqual(state);
  });

  it("is refused when it was cut short, extended, or is no state at all", async () => {
    await writeState(file, identity, state);
    const bytes = await readFile(file);
    for (const content of [
      bytes.subarray(0, bytes.length - 3),
      Buffer.concat([bytes, Buffer.of(0)]),
      "",
      "weights",
    ]) {
      await writeFile(file, content);
      await expect(read()).rejects.toThrow(`${file} cannot be resumed: it is damaged`);
    }
  });

  it("that cannot be read is refused with the way out", async () => {
    await mkdir(file, { recursive: true });
    await expect(read()).rejects.toThrow(
      `${file}: is a folder, but a file is needed; repair it, or delete it to start over.`,
    );
  });

  it("of another run is refused with what differs, and left alone", async () => {
    await writeState(file, identity, state);
    const other = tinyStudy({ clip: 5, schedule: { ...study.schedule, rate: 0.02 } });
    const refused: [Partial<RunIdentity>, string][] = [
      [
        { study: trainedStudy(other) },
        "study.schedule.rate (0.01 there, 0.02 here), study.clip (10 there, 5 here)",
      ],
      [
        { study: trainedStudy(tinyStudy({ precision: "bfloat16" })) },
        'study.precision ("float32" there, "bfloat16" here)',
      ],
      [{ model: { ...tinyModel, classes: 3 } }, "model.classes (2 there, 3 here)"],
      [{ seed: 2 }, "seed (1 there, 2 here)"],
      [{ engine: "native" }, 'engine ("wasm" there, "native" here)'],
      [{ data: "other" }, 'data ("hash" there, "other" here)'],
      [{ start: "weights" }, 'start (null there, "weights" here)'],
      [{ out: "/elsewhere" }, 'out ("/out" there, "/elsewhere" here)'],
    ];
    for (const [changes, differences] of refused) {
      await expect(read(changes)).rejects.toThrow(
        `${file} is the state of a run with other settings: ${differences}. ${startOver}`,
      );
    }
    expect(await read()).toEqual(state);
  });

  it("is the same run's where only its title, tier or the interval of saving differs", () => {
    const renamed = tinyStudy({ title: "Another", tier: "small", saveEvery: 3 });
    expect(trainedStudy(renamed)).toEqual(trainedStudy(study));
  });

  it.each<[string, Partial<TrainingState> & { step?: number }]>([
    ["step: is 1000000000; expected at most 250", { step: 1e9 }],
    ["step: is 2.5; expected a whole number", { step: 2.5 }],
    ["step: is -5; expected 0 or more", { step: -5 }],
    ["step: is null; expected a number", { step: Number.NaN }],
    ["curve: has 2 points; expected 3 after 9 steps", { step: 9 }],
    [
      "curve.1: is not of the step that it should be",
      { curve: [state.curve[0]!, { ...state.curve[1]!, imagesSeen: 1200 }] },
    ],
    ["curve.0.loss: is null; expected a number", { curve: [{ ...state.curve[0]!, loss: Number.NaN }] }],
    ["since: has 0 losses; expected 1", { since: [] }],
    ["losses: has 3; expected 7 after 7 steps", { losses: [1, 2, 3] }],
    ["periods: must have the schedule that the run began with", { periods: [] }],
    ["periods.0: is not the schedule that the study begins with", { periods: state.periods.slice(1) }],
    [
      "periods.1.fromStep: is out of order, or after step 7",
      { periods: [state.periods[0]!, { ...state.periods[1]!, fromStep: 8 }] },
    ],
    ['started: is "yesterday"', { started: "yesterday" }],
    ["trainingSeconds: is -1; expected 0 or more", { trainingSeconds: -1 }],
    ["waitedSeconds: is 13; expected at most trainingSeconds, 12.3", { waitedSeconds: 13 }],
    [
      'its "parameters" has numbers that are not finite',
      { snapshot: { step: 7, vectors: new Map([["parameters", Float32Array.of(1, Number.NaN)]]) } },
    ],
  ])("is refused with the field and the remedy: %s", async (complaint, { step, ...changes }) => {
    const snapshot = { ...state.snapshot, ...(step === undefined ? {} : { step }) };
    await writeState(file, identity, { ...state, snapshot, ...changes });
    const refusal = await read().then(
      () => "",
      (error: Error) => error.message,
    );
    expect(refusal).toContain(`${file} cannot be resumed: ${complaint}`);
    expect(refusal).toContain(startOver);
  });

  it("of an earlier version is refused with both ways to go on", async () => {
    const tensors = new Map([["parameters", { shape: [1], values: Float32Array.of(1) }]]);
    const earlier = encodeSafetensors(
      { tensors, metadata: { fingerprint: "a", progress: JSON.stringify({ step: 7 }) } },
      "F32",
    );
    const named = join(folder, "training", "tiny-seed1.safetensors");
    await mkdir(dirname(named), { recursive: true });
    await writeFile(named, earlier);
    await expect(read()).rejects.toThrow(
      `${named} was written by an earlier version of this project, and this one cannot resume it. ` +
        "Finish that run with that version, or start over with --restart, which leaves the file alone",
    );
    // A run of this version has its own state, so the earlier one's does not matter.
    await writeState(file, identity, state);
    expect(await read()).toEqual(state);
    // Whatever its name is.
    await writeFile(file, earlier);
    await expect(read()).rejects.toThrow(
      `${file} was written by another version of this project, and this one cannot resume it. ` +
        "Finish the run with that version, or start over with --restart, which deletes the file.",
    );
  });

  it("is in the engine home, one for each folder that a run writes to, by whatever path", async () => {
    expect(file.startsWith(join(folder, "training", "tiny-seed1-"))).toBe(true);
    const [a, b, link] = ["a", "b", "link"].map((name) => join(folder, name));
    await mkdir(a!);
    await symlink(a!, link!);
    expect(stateFile("tiny-seed1", b!)).not.toBe(stateFile("tiny-seed1", a!));
    expect(stateFile("tiny-seed1", link!)).toBe(stateFile("tiny-seed1", a!));
  });
});
