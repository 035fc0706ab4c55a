import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Engine } from "../../../loaders/engine/engineChoice.js";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import { tryLock } from "../../../loaders/files/processLock.js";
import { readRecord } from "../../../loaders/records/records.js";
import { runStudy, type StudyRun } from "../../../loaders/training/runStudy.js";
import { stateFile } from "../../../loaders/training/state/stateFile.js";
import { openStudyData } from "../../../loaders/training/studyData.js";
import { decodeWeights } from "../../../src/checkpoints/weights.js";
import { Detector } from "../../../src/detection/detector.js";
import { retinaNetPostprocessing } from "../../../src/detection/postprocess.js";
import { skippedFor } from "../../skippedFor.js";
import { tinyModel, tinyStudy } from "./tinyStudy.js";

let engine: Engine;
let folder = "";
let steps = 0;

beforeAll(async () => {
  engine = await startEngine("wasm");
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-"));
  vi.stubEnv("SPINENET_ENGINE_HOME", join(folder, "home"));
  steps = 0;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A run that counts its steps into `steps`, and stops after some of them as if the process had ended. */
function run(changes: Partial<StudyRun> = {}, stopAfter = Number.POSITIVE_INFINITY) {
  return runStudy({
    study: tinyStudy(),
    command: "npm run --silent spinenet -- train tiny.json",
    startEngine: async () => engine,
    onState: "refuse",
    howToContinue: "continue with: the command --resume",
    out: join(folder, "out"),
    storedType: "F32",
    onProgress: ({ step }) => {
      steps++;
      if (step >= stopAfter) throw new Error("cut off");
    },
    onEvaluated: () => {},
    ...changes,
  });
}

/** Every file below a folder, by its path. */
async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

describe("runStudy", () => {
  it("learns, measures, and writes a record and weights that can be used", async () => {
    const study = tinyStudy();
    const { record, recordFile } = await run();
    expect(await filesIn(join(folder, "out"))).toEqual([
      "runs/tiny-seed1.json",
      "weights/tiny-seed1.safetensors",
    ]);
    // The state is not needed any more.
    expect(existsSync(stateFile("tiny-seed1", join(folder, "out")))).toBe(false);
    expect(await readRecord(recordFile)).toEqual(record);

    // 160 images by batches of 2; a point for each of 80 steps.
    expect(record).toMatchObject({
      id: "tiny-seed1",
      kind: "train",
      study: "tiny",
      seed: 1,
      imagesSeen: 160,
      precision: "float32",
      schedule: { batch: 2, accumulate: 1 },
    });
    expect(record.curve.map(({ step }) => step)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
    const meanLoss = (from: number, to: number) =>
      record.curve.slice(from, to).reduce((sum, { loss }) => sum + loss, 0) / (to - from);
    expect(meanLoss(70, 80)).toBeLessThan(0.8 * meanLoss(0, 10));
    expect("stats" in record.metrics && record.metrics.stats).toHaveLength(12);
    expect(record.metrics).toMatchObject({ intervals: { rounds: 1000, level: 0.95 } });

    const bytes = await readFile(join(folder, "out/weights", record.weights.file));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(record.weights.sha256);
    const weights = decodeWeights(bytes, "w");
    expect(weights).toMatchObject({ model: tinyModel, run: "tiny-seed1" });
    expect(weights.classes.map(({ channel, name }) => [channel, name])).toEqual([
      [0, "red apple"],
      [1, "soccer ball"],
    ]);

    const detector = Detector.of(weights, {
      ...retinaNetPostprocessing,
      scoreThreshold: 0,
      maxDetections: 10,
    });
    const { validation } = await openStudyData(study, undefined);
    const found = await detector.detect({ ...(await validation.images[0]!.open()), channels: 3 });
    detector.dispose();
    expect(found).toHaveLength(10);
    for (const { bbox, score, name } of found) {
      const [x, y, width, height] = bbox;
      expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(64 + 1e-3);
      expect(score).toBeGreaterThan(0);
      expect(["red apple", "soccer ball"]).toContain(name);
    }
  });

  it("refuses before it trains where the record is there", async () => {
    const file = join(folder, "out/runs/tiny-seed1.json");
    await mkdir(join(folder, "out/runs"), { recursive: true });
    await writeFile(file, "{}");
    await expect(run()).rejects.toThrow(
      `${file} exists, and records are never edited: give another --seed, or another --out folder.`,
    );
    expect(steps).toBe(0);
    expect(await filesIn(folder)).toEqual(["out/runs/tiny-seed1.json"]);
  });

  it("refuses before it starts an engine where the data is missing", async () => {
    const data = join(folder, "nowhere");
    const start = vi.fn(async () => engine);
    const study = tinyStudy({ data: { kind: "coco", name: "people" } });
    await expect(run({ study, data, startEngine: start })).rejects.toThrow(
      `${data}, given by --data, does not exist`,
    );
    expect(start).not.toHaveBeenCalled();
  });

  it("begins with the weights of an earlier stage, which the record names", async () => {
    const { record: first } = await run({ study: tinyStudy({ images: 40 }) });
    expect(first.start).toBeUndefined();
    const from = { weights: "tiny-seed1.safetensors", parts: "all" };
    const study = tinyStudy({ id: "tiny-stage-2", from, images: 40 });
    const { record } = await run({ study });
    expect(record.start).toMatchObject({
      weights: "tiny-seed1.safetensors",
      sha256: first.weights.sha256,
      run: "tiny-seed1",
      parts: "all",
    });
    // The first step's learning rate is 0: its loss is that of the weights that it began with.
    expect(record.curve[0]!.loss).toBeLessThan(0.9 * first.curve[0]!.loss);
    const missing = tinyStudy({ id: "tiny-stage-2", from: { ...from, weights: "none.safetensors" } });
    await expect(run({ study: missing, out: join(folder, "other") })).rejects.toThrow(
      /none\.safetensors: does not exist/,
    );
  });

  it("refuses before it trains a precision that the engine does not have", async () => {
    await expect(run({ study: tinyStudy({ precision: "bfloat16" }) })).rejects.toThrow(
      /^bfloat16 needs the native engine .* this is wasm without it\./,
    );
    expect(steps).toBe(0);
  });

  it("refuses to begin anew over a run that was cut off, unless told to, and to go on with another study", async () => {
    await expect(run({}, 15)).rejects.toThrow("cut off");
    const file = stateFile("tiny-seed1", join(folder, "out"));
    await expect(run()).rejects.toThrow(
      `This run was interrupted after step 10 (${file}). Continue with --resume, or start over with --restart.`,
    );
    const other = tinyStudy({ clip: 5 });
    await expect(run({ study: other, onState: "resume" })).rejects.toThrow(
      `${file} is the state of a run with other settings: study.clip (10 there, 5 here). Start over with --restart, which deletes it.`,
    );
    steps = 0;
    await expect(run({ onState: "resume" }, 12)).rejects.toThrow("cut off");
    expect(steps).toBe(2);
    steps = 0;
    await expect(run({ study: other, onState: "restart" }, 3)).rejects.toThrow("cut off");
    expect(steps).toBe(3);
    expect(await filesIn(join(folder, "out"))).toEqual([]);
  });

  it("stops at a loss that is no number, and tells the step, the rate, the state and what helps", async () => {
    const study = tinyStudy({
      optimiser: { kind: "sgd" },
      schedule: { kind: "cosine", rate: 1e30 },
      clip: undefined,
      averageDecay: undefined,
      saveEvery: 1,
    });
    const failure: unknown = await run({ study }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    const { message } = failure as Error;
    expect(message).toMatch(
      /^(The loss is (NaN|Infinity|-Infinity)|The weights are no longer finite) at step \d+, at a learning rate of 1\.00e\+30\. /,
    );
    expect(message).toContain("Lower schedule.rate, lengthen schedule.warmupSteps or set clip in the study.");
    const told = /The state of step (\d+) is in (.*)\. Lower/.exec(message);
    // What it says of the state is so.
    expect(existsSync(stateFile("tiny-seed1", join(folder, "out")))).toBe(told !== null);
    if (told) expect(told[2]).toBe(stateFile("tiny-seed1", join(folder, "out")));
    else expect(message).toContain("No state has been saved yet.");
    expect(await filesIn(join(folder, "out"))).toEqual([]);
  });

  it("refuses before it trains where files cannot be written", async () => {
    await mkdir(join(folder, "out"));
    await writeFile(join(folder, "out/weights"), "in the way");
    await expect(run()).rejects.toThrow(
      /weights.* could not be written \(.*\)\. There is a file where a folder should be: choose another folder, or move the file\.$/,
    );
    await expect(run({ out: join(folder, "out/weights") })).rejects.toThrow(
      /could not be written \(.*\)\. There is a file where a folder should be/,
    );
    vi.stubEnv("SPINENET_ENGINE_HOME", join(folder, "out/weights"));
    await expect(run({ out: join(folder, "other") })).rejects.toThrow(
      /could not be written \(.*\)\. There is a file where a folder should be/,
    );
    expect(steps).toBe(0);
    expect(await filesIn(folder)).toEqual(["out/weights"]);
  });

  it("refuses before it trains where the validation split has categories that the training split lacks", async () => {
    const data = join(folder, "data/pets");
    const coco = (categories: object[]) =>
      JSON.stringify({
        images: [{ id: 1, file_name: "1.png", width: 8, height: 8 }],
        annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 1, 5, 5], area: 25, iscrowd: 0 }],
        categories,
      });
    await mkdir(join(data, "annotations"), { recursive: true });
    const cat = { id: 1, name: "cat" };
    await writeFile(join(data, "annotations/instances_train.json"), coco([cat]));
    await writeFile(join(data, "annotations/instances_val.json"), coco([cat, { id: 2, name: "dog" }]));
    for (const split of ["train", "val"]) {
      await mkdir(join(data, split));
      await writeFile(join(data, split, "1.png"), "");
    }
    const study = tinyStudy({ data: { kind: "coco", name: "pets" } });
    await expect(run({ study, data })).rejects.toThrow(
      /category 2 "dog", which the weights do not have; they have 1 "cat"\./,
    );
    expect(steps).toBe(0);
  });
});

describe("a disk that is full", () => {
  let disk = "";
  let skipped = "";
  try {
    // A disk of 1 MB takes mounting, which few users may.
    disk = execFileSync("mktemp", ["-d"], { encoding: "utf8" }).trim();
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], { stdio: "ignore" });
  } catch {
    skipped = "no small disk can be mounted here";
  }
  afterAll(async () => {
    if (disk && !skipped) execFileSync("umount", [disk]);
    if (disk) await rm(disk, { recursive: true, force: true });
  });

  it("stops a run with what to do, and leaves the state before whole", skippedFor(skipped), async () => {
    vi.stubEnv("SPINENET_ENGINE_HOME", disk);
    await expect(run({}, 15)).rejects.toThrow("cut off");
    const state = await readFile(stateFile("tiny-seed1", join(folder, "out")));
    const free = 1024 * 1024 - state.length;
    await writeFile(join(disk, "filler"), new Uint8Array(Math.floor(free / 4096 - 3) * 4096));
    await expect(run({ onState: "resume" })).rejects.toThrow(
      /tiny-seed1-\w+\.safetensors could not be written \(ENOSPC.*\)\. The disk is full: free some space and continue with: the command --resume\.$/,
    );
    const name = basename(stateFile("tiny-seed1", join(folder, "out")));
    expect(await filesIn(disk)).toEqual(["filler", `training/${name}`]);
    expect(await readFile(stateFile("tiny-seed1", join(folder, "out")))).toEqual(state);
    expect(await filesIn(join(folder, "out"))).toEqual([]);
    await writeFile(join(disk, "rest"), new Uint8Array(1024 * 1024)).catch(() => {});
    await expect(tryLock(join(disk, "lock"))).rejects.toThrow(
      /lock could not be written \(ENOSPC.*disk is full/,
    );
    expect(existsSync(join(disk, "lock"))).toBe(false);
    await rm(join(disk, "rest"));
    await rm(join(disk, "filler"));
    await run({ onState: "resume" });
    expect(await filesIn(join(folder, "out"))).toEqual([
      "runs/tiny-seed1.json",
      "weights/tiny-seed1.safetensors",
    ]);
  });
});
