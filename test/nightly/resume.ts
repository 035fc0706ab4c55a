import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readRecord } from "../../loaders/records/records.js";
import { randomStream } from "../../src/network/random.js";
import { type CommandProcess, startCommand } from "../loaders/commands/commandProcess.js";
import { tinyStudyJson } from "../loaders/training/tinyStudy.js";
import { messageOf, type NightlyRow, type NightlySettings, runCheck } from "./part.js";

const check = "kill and resume";
const signals = ["SIGKILL", "SIGTERM", "SIGINT"] as const;
const run = "tiny-seed1";

/**
 * Ends training processes at random moments, up to three times each, resumes them, and compares their weights, curve and
 * metrics with those of a run that was left alone.
 */
export async function checkResuming(settings: NightlySettings): Promise<NightlyRow[]> {
  if (!settings.isChosen(check)) return [];
  const folder = await mkdtemp(join(tmpdir(), "resume-"));
  try {
    return [await runCheck(settings, check, () => killAndResume(folder, settings))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function killAndResume(folder: string, { runs, seed, say, keepFailure }: NightlySettings) {
  const study = join(folder, "tiny.json");
  await writeFile(study, JSON.stringify({ ...tinyStudyJson, images: 240, saveEvery: 5 }));
  const begun = performance.now();
  const whole = new Training(folder, "whole", study);
  await finished(whole.start());
  const patience = performance.now() - begun;
  const expected = await whole.outcome();

  const kills = new Map<string, number>(signals.map((signal) => [signal, 0]));
  let failures = 0;
  let note = "";
  for (let index = 0; index < runs; index++) {
    const random = randomStream(seed, "kill", index);
    const signal = signals[index % signals.length]!;
    const delays = Array.from({ length: 1 + Math.floor(3 * random()) }, () => random() * patience);
    say(
      `${index + 1} of ${runs}: ${signal} after ${delays.map((delay) => `${Math.round(delay)} ms`).join(", ")}`,
    );
    const training = new Training(folder, `run-${index}`, study);
    try {
      for (const delay of delays) {
        if (!(await training.endAfter(delay, signal))) break;
        kills.set(signal, kills.get(signal)! + 1);
      }
      // One that was ended between its record and its last breath is done, too, but could not tidy up.
      if (!training.isDone()) {
        await finished(training.start("--resume"));
        await training.requireClean();
      }
      const outcome = await training.outcome();
      if (JSON.stringify(outcome) !== JSON.stringify(expected)) {
        throw new Error(`The weights are ${outcome.weights}, not ${expected.weights}.`);
      }
    } catch (error) {
      failures++;
      note = `${messageOf(error)} (${await keepFailure({ check, error, input: { index, signal, delays } })})`;
    }
    await training.remove();
  }
  const counts = [...kills].map(([signal, count]) => `${count} ${signal}`).join(", ");
  return {
    runs,
    failures,
    note: note || `${counts}; all ended with the weights of a run that was left alone`,
  };
}

/** A run that is ended and started again, with its own home and output folder. */
class Training {
  private readonly out: string;
  private readonly home: string;
  private isBegun = false;

  constructor(
    folder: string,
    name: string,
    private readonly study: string,
  ) {
    this.out = join(folder, name);
    this.home = join(folder, `${name}-home`);
  }

  start(...more: string[]): CommandProcess {
    this.isBegun = true;
    const args = ["train", this.study, "--engine", "wasm", "--dtype", "float32", "--out", this.out];
    return startCommand([...args, ...more], { SPINENET_ENGINE_HOME: this.home });
  }

  /** @returns whether the process was still running */
  async endAfter(delay: number, signal: NodeJS.Signals): Promise<boolean> {
    const { child, ended } = this.start(...(this.isBegun ? ["--resume"] : []));
    await Promise.race([ended, sleep(delay)]);
    child.kill(signal);
    const end = await ended;
    if (end.signal === null && end.code === 0) return false;
    if (end.signal !== signal) throw new Error(`Ended by itself with ${end.code ?? end.signal}: ${end.err}`);
    return true;
  }

  isDone(): boolean {
    return existsSync(join(this.out, "runs", `${run}.json`));
  }

  /** @throws Error naming what a finished run has left besides its record and weights */
  async requireClean(): Promise<void> {
    const expected = [join("runs", `${run}.json`), join("weights", `${run}.safetensors`)];
    const files = [...(await filesIn(this.out)), ...(await filesIn(join(this.home, "training")))];
    const left = files.filter((file) => !expected.includes(file));
    if (left.length > 0) throw new Error(`Left behind: ${left.join(", ")}.`);
  }

  async outcome() {
    const { curve, metrics } = await readRecord(join(this.out, "runs", `${run}.json`));
    const bytes = await readFile(join(this.out, "weights", `${run}.safetensors`));
    return { weights: createHash("sha256").update(bytes).digest("hex"), curve, metrics };
  }

  async remove(): Promise<void> {
    for (const folder of [this.out, this.home]) await rm(folder, { recursive: true, force: true });
  }
}

async function finished({ ended }: CommandProcess): Promise<void> {
  const { code, signal, err } = await ended;
  if (code !== 0) throw new Error(`A run that should finish ended with ${code ?? signal}: ${err}`);
}

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
