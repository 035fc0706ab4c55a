import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { jobEnvironment } from "../../../loaders/commands/jobs.js";
import { trainArguments } from "../../../loaders/commands/trainFlags.js";
import { parseRecord } from "../../../loaders/records/record.js";
import { tinyStudyJson } from "../training/tinyStudy.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const patience = { timeout: 300_000 };

describe("several runs", () => {
  let folder = "";
  let tiny = "";
  let broken = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "jobs-"));
    [tiny, broken] = [join(folder, "tiny.json"), join(folder, "broken.json")];
    await writeFile(tiny, JSON.stringify({ ...tinyStudyJson, images: 20 }));
    const schedule = { kind: "step", rate: 1e30, drops: [] };
    await writeFile(broken, JSON.stringify({ ...tinyStudyJson, id: "broken", images: 80, schedule }));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  /** The command line in a process of its own, with an output folder of its own by this name. */
  function start(name: string, ...args: string[]) {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "loaders/cli.ts", ...args, "--engine", "wasm", "--out", join(folder, name)],
      {
        cwd: root,
        env: { ...process.env, SPINENET_ENGINE_HOME: join(folder, `${name}-home`), DEBUG: "" },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let [out, err] = ["", ""];
    child.stdout.on("data", (text) => {
      out += text;
    });
    child.stderr.on("data", (text) => {
      err += text;
    });
    const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      child.on("close", (code) => resolve({ code, out, err }));
    });
    return { child, ended, said: () => err };
  }

  async function until(child: ChildProcess, what: () => boolean): Promise<void> {
    while (!what()) {
      if (child.exitCode !== null) throw new Error("The command ended too early.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it("go on where one fails, say whose each line is, and fail as a whole in the end", patience, async () => {
    const args = ["train", tiny, broken, "--seed", "1,2", "--jobs", "2", "--json"];
    const { code, out, err } = await start("mixed", ...args).ended;
    expect(code).toBe(1);
    const records: unknown = JSON.parse(out);
    expect(Array.isArray(records) && records.map((record) => parseRecord(record, "out").id)).toEqual([
      "tiny-seed1",
      "tiny-seed2",
    ]);
    expect((await readdir(join(folder, "mixed/runs"))).sort()).toEqual([
      "tiny-seed1.json",
      "tiny-seed2.json",
    ]);
    for (const name of ["tiny-seed1", "tiny-seed2", "broken-seed1", "broken-seed2"]) {
      expect(err).toMatch(new RegExp(`^${name} +\\| .*on wasm$`, "m"));
    }
    expect(err).toMatch(/^tiny-seed1 {3}\| step 10\/10: loss /m);
    expect(err).toContain("tiny-seed2: done");
    expect(err).toMatch(/broken-seed1: failed\. (The loss|The gradient's length) is .* at step \d+, /);
    expect(err.trimEnd().split("\n").at(-1)).toBe("2 of 4 runs failed: broken-seed1, broken-seed2.");
  });

  it("end when the command that started them is killed", patience, async () => {
    const long = join(folder, "long.json");
    await writeFile(long, JSON.stringify({ ...tinyStudyJson, id: "long", images: 200_000 }));
    const { child, ended, said } = start("killed", "train", long, "--seed", "1,2", "--jobs", "2");
    await until(child, () => /long-seed1 \| step/.test(said()) && /long-seed2 \| step/.test(said()));
    child.kill("SIGKILL");
    // They hold its standard error, so that it is closed only once they are gone.
    await ended;
    expect(child.signalCode).toBe("SIGKILL");
  });

  it(
    "say once, at Ctrl-C, how to continue, leave no lock, and leave out what is finished when continued",
    patience,
    async () => {
      const long = join(folder, "interrupted.json");
      await writeFile(long, JSON.stringify({ ...tinyStudyJson, id: "long", images: 200_000 }));
      const args = ["train", long, "--seed", "1,2", "--jobs", "2", "--restart"];
      const { child, ended, said } = start("interrupted", ...args);
      await until(child, () => /long-seed1 \| step/.test(said()) && /long-seed2 \| step/.test(said()));
      child.kill("SIGINT");
      const { err } = await ended;
      expect(child.signalCode).toBe("SIGINT");
      const out = join(folder, "interrupted");
      expect(err.match(/^.*Interrupted.*$/gm)).toEqual([
        `Interrupted; continue with: npm run --silent spinenet -- train ${long} --seed 1,2 --jobs 2 --engine wasm --out ${out} --resume.`,
      ]);
      // They end with it, but not at the same instant.
      await vi.waitFor(async () => expect(await readdir(join(out, "runs"))).toEqual([]), 30_000);

      for (const seed of [1, 2]) await writeFile(join(out, "runs", `long-seed${seed}.json`), "{}");
      const continued = await start("interrupted", "train", long, "--seed", "1,2", "--jobs", "2", "--resume")
        .ended;
      expect(continued.err).toMatch(/long-seed1: already finished\n.*long-seed2: already finished/);
      expect(continued.code).toBe(0);
    },
  );

  it("are refused where one is asked for twice, or a seed is", async () => {
    const twice = await start("twice", "train", tiny, tiny).ended;
    expect(twice.code).toBe(1);
    expect(twice.err).toContain(
      "The run tiny-seed1 is requested twice; each run needs a different study or seed.",
    );
    const seeds = await start("seeds", "train", tiny, "--seed", "3,3").ended;
    expect(seeds.code).toBe(2);
    expect(seeds.err).toContain("It has a duplicate seed.");
  });

  it(
    "are what reproduce makes of several studies, two at a time, and holds to their records",
    patience,
    async () => {
      const home = join(folder, "own");
      await mkdir(join(home, "studies"), { recursive: true });
      for (const id of ["one", "two"]) {
        const study = { ...tinyStudyJson, id, tier: "instant", images: 20 };
        await writeFile(join(home, "studies", `${id}.json`), JSON.stringify(study));
      }
      const args = ["reproduce", "--tier", "instant", "--from", home, "--jobs", "2"];
      const first = await start("first", ...args).ended;
      expect(first).toMatchObject({ code: 0 });
      expect(first.out.match(/AP recorded –.*no record yet$/gm)).toHaveLength(2);
      for (const name of ["one-seed1", "two-seed1"]) {
        expect(first.err).toMatch(new RegExp(`^${name} +\\| .*on wasm$`, "m"));
        expect(first.err).toContain(`${name}: done`);
      }
      await rename(join(folder, "first/runs"), join(home, "runs"));
      const second = await start("second", ...args).ended;
      expect(second).toMatchObject({ code: 0 });
      expect(
        second.out.match(/^(one|two)-seed1 +AP recorded 0\.\d+ +again 0\.\d+ +wasm then, wasm now$/gm),
      ).toHaveLength(2);
      expect(second.out.match(/^(one|two) agrees: the weights are identical\.$/gm)).toHaveLength(2);
      const nowhere = await start("nowhere", "reproduce", "--from", join(folder, "nowhere")).ended;
      expect(nowhere.code).toBe(1);
      expect(nowhere.err).toContain("cannot be read (ENOENT); --from takes a folder with studies/ in it.");
    },
  );
});

describe("a job's environment", () => {
  it("gives TensorFlow one thread where jobs run side by side, and leaves it alone where they do not", () => {
    vi.stubEnv("TF_NUM_INTRAOP_THREADS", "4");
    expect(jobEnvironment(2)).toMatchObject({ TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1" });
    expect(jobEnvironment(1).TF_NUM_INTRAOP_THREADS).toBe("4");
    vi.unstubAllEnvs();
  });
});

describe("trainArguments", () => {
  it("says all that the command was told, and nothing else", () => {
    const flags = { engine: "auto", out: "/out", dtype: "float16", imageCacheLimit: 20 } as const;
    expect(trainArguments("s.json", undefined, flags).join(" ")).toBe(
      "train s.json --engine auto --out /out --dtype float16 --image-cache-limit 20",
    );
    const all = { ...flags, data: "d", threads: 2, rate: 0.1, workers: 0, imageCache: "i", resume: true };
    expect(trainArguments("s.json", 3, { ...all, skipInvalid: true, json: true }).join(" ")).toBe(
      "train s.json --seed 3 --data d --engine auto --threads 2 --rate 0.1 --out /out --dtype float16 " +
        "--workers 0 --image-cache i --image-cache-limit 20 --resume --skip-invalid --json",
    );
  });
});
