import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRecord } from "../../../loaders/records/records.js";
import { tinyStudyJson } from "../training/tinyStudy.js";
import { startCommand } from "./commandProcess.js";

describe("train", () => {
  let folder = "";
  let study = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "train-"));
    study = join(folder, "tiny.json");
    await writeFile(study, JSON.stringify({ ...tinyStudyJson, images: 240, saveEvery: 5 }));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  /** The command in a process of its own, with a home and an output folder of its own by this name. */
  function train(name: string, ...more: string[]) {
    const args = ["train", study, "--engine", "wasm", "--dtype", "float32", "--out", join(folder, name)];
    return startCommand([...args, ...more], { SPINENET_ENGINE_HOME: join(folder, `${name}-home`) });
  }

  /** The state of a run that has saved one. */
  async function savedState(child: ChildProcess, name: string, out = name): Promise<string> {
    const run = `tiny-seed1-${createHash("sha256").update(join(folder, out)).digest("hex").slice(0, 12)}`;
    const state = join(folder, `${name}-home/training/${run}.safetensors`);
    while (!existsSync(state)) {
      if (child.exitCode !== null) throw new Error("The run ended before it saved a state.");
      await sleep(5);
    }
    return state;
  }

  it("goes on after it was killed, to the very weights of a run that was not", {
    timeout: 300_000,
  }, async () => {
    const whole = train("whole", "--json");
    const cut = train("cut");
    const state = await savedState(cut.child, "cut");
    const beside = await train("cut", "--resume").ended;
    expect(beside.code).toBe(1);
    expect(beside.err).toMatch(
      new RegExp(
        `^tiny-seed1 is already running, in process ${cut.child.pid} \\(since .* UTC, .*/cut/runs/\\.tiny-seed1\\.lock\\)\\. ` +
          "Wait until it ends, or end it and continue; a run with another --seed or another --out folder can start now\\.$",
        "m",
      ),
    );
    cut.child.kill("SIGKILL");
    await cut.ended;
    expect(existsSync(join(folder, "cut/runs/tiny-seed1.json"))).toBe(false);
    expect(existsSync(join(folder, "cut/weights/tiny-seed1.safetensors"))).toBe(false);

    const resumed = await train("cut", "--resume").ended;
    expect(resumed.err).toContain("Wrote ");
    expect(resumed.code).toBe(0);
    expect(resumed.out).toMatch(/^tiny-seed1 on scenes val, 3 images\n/);
    const uninterrupted = await whole.ended;
    expect(uninterrupted.code).toBe(0);

    const [recordOfCut, recordOfWhole] = await Promise.all(
      ["cut", "whole"].map((name) => readRecord(join(folder, name, "runs/tiny-seed1.json"))),
    );
    expect(recordOfCut!.weights).toEqual(recordOfWhole!.weights);
    expect(recordOfCut!.curve).toEqual(recordOfWhole!.curve);
    expect(recordOfCut!.metrics).toEqual(recordOfWhole!.metrics);
    const bytes = await readFile(join(folder, "cut/weights/tiny-seed1.safetensors"));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(recordOfCut!.weights.sha256);
    expect(existsSync(state)).toBe(false);

    // The record is JSON alone on standard output, and names no folder of this machine.
    expect(JSON.parse(uninterrupted.out)).toEqual(recordOfWhole);
    expect(recordOfWhole!.command).toBe("npm run --silent spinenet -- train tiny.json --dtype float32");
  });

  it("stops with 1 where the loss explodes, tells why, and leaves nothing half written", {
    timeout: 300_000,
  }, async () => {
    const { code, out, err } = await train("exploding", "--rate", "1e30").ended;
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toMatch(
      /^(The loss|The gradient's length) is (NaN|-?Infinity) at step \d+, at a learning rate of \d\.\d+e\+(29|30)\. /m,
    );
    const left = await readdir(join(folder, "exploding"), { recursive: true, withFileTypes: true });
    expect(left.filter((file) => file.isFile())).toEqual([]);
  });

  it("ends at once at Ctrl-C, with the threads that prepare its images, and can go on", {
    timeout: 300_000,
  }, async () => {
    const cut = train("interrupted", "--workers", "2");
    const state = await savedState(cut.child, "interrupted");
    // Its decoded images are whole by then, in the folder that was given by its home.
    const images = await readdir(join(folder, "interrupted-home/images"));
    expect(images).toEqual([expect.stringMatching(/^scenes-train-\w{24}\.rgb$/)]);
    cut.child.kill("SIGINT");
    const interrupted = await cut.ended;
    expect(cut.child.signalCode).toBe("SIGINT");
    const [, command = ""] = /^Interrupted; continue with: (.*)\.$/m.exec(interrupted.err) ?? [];
    const out = join(folder, "interrupted");
    expect(command).toBe(
      `npm run --silent spinenet -- train ${study} --engine wasm --dtype float32 --out ${out} --workers 2 --resume`,
    );
    expect(await readdir(join(out, "runs"))).toEqual([]);

    // Neither with another rate nor into another folder does a run take over these weights.
    const other = await train("interrupted", "--rate", "0.02", "--resume").ended;
    expect(other.err).toContain(`${state} is the state of a run with other settings: study.schedule.rate (`);
    expect(other.code).toBe(1);
    const elsewhere = join(folder, "elsewhere");
    const second = train("interrupted", "--resume", "--out", elsewhere);
    expect(await savedState(second.child, "interrupted", "elsewhere")).not.toBe(state);
    second.child.kill("SIGKILL");
    expect((await second.ended).err).not.toContain("resuming");

    const { code, err } = await train("interrupted", "--workers", "2", "--resume").ended;
    expect([code, err]).toEqual([0, expect.stringContaining("of the time waiting for data")]);
    const record = await readRecord(join(folder, "interrupted/runs/tiny-seed1.json"));
    expect(record.waitedShare).toBeGreaterThanOrEqual(0);
    expect(record.waitedShare).toBeLessThanOrEqual(1);
  });

  it("refuses a rate that is none", async () => {
    const { code, err } = await train("none", "--rate", "-1").ended;
    expect(code).toBe(2);
    expect(err).toContain("It must be a finite number above 0.");
  });
});
