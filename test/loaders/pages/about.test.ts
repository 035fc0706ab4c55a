import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describedWeights, loadAbout, toRerun } from "../../../loaders/pages/about.js";
import { readRecords } from "../../../loaders/records/records.js";
import { readStudy } from "../../../loaders/training/study.js";

const records = await readRecords();
const about = await loadAbout();
const study = await readStudy("data/studies/bccd-spinenet-49.json");

describe("what /about tells", () => {
  it("names the terms of the data that each committed weights were trained on", () => {
    const { weights } = about;
    expect(weights.length).toBeGreaterThan(0);
    expect(weights.filter(({ terms }) => terms === null)).toEqual([]);
  });

  it("takes the version from package.json", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(about.version).toBe(version);
  });

  it("names the rows of the paper's Table 3 whose graph was not published", () => {
    expect(about.withoutGraph).toEqual(["R35-SP18", "R14-SP39"]);
  });

  it("gives a study with a record the command that repeats it, and what the record took", () => {
    const record = records.find(({ id }) => id === "bccd-spinenet-49-seed1")!;
    expect(toRerun(study, records)).toMatchObject({
      command: "npm run --silent spinenet -- reproduce --only bccd-spinenet-49 --data DIR",
      seconds: record.trainingSeconds,
      on: "Intel(R) Xeon(R) Processor, 2 cores, native",
    });
  });

  it("counts the seeds of a study's runs, each once", () => {
    const record = records.find(({ id }) => id === "bccd-spinenet-49-seed1")!;
    const seeds = [1, 1, 2].map((seed) => ({ ...record, seed }));
    expect(toRerun(study, seeds).seeds).toBe(2);
  });

  it("gives a study without a record the command that makes one, and no time", () => {
    expect(toRerun(study, [])).toMatchObject({
      command: "npm run --silent spinenet -- train data/studies/bccd-spinenet-49.json --data DIR",
      seconds: null,
      on: null,
      seeds: 0,
    });
  });

  it("refuses weights that no record tells of", () => {
    expect(() => describedWeights([{ id: "nameless" }], records)).toThrow(
      "data/weights/nameless.safetensors has no record data/runs/nameless.json.",
    );
  });
});

describe("the page /about", () => {
  const page = readFileSync("src/about.md", "utf8");

  it("shows commands that the README shows too", () => {
    const readme = readFileSync("README.md", "utf8");
    const block = /```sh\n([\s\S]*?)```/.exec(page)![1]!;
    const commands = block.split("\n").filter((line) => line.startsWith("npm ci"));
    expect(commands).toHaveLength(2);
    for (const command of commands) expect(readme).toContain(command.replace(/\s+#.*/, ""));
  });

  it("names the licence of this project as package.json does", () => {
    const { license } = JSON.parse(readFileSync("package.json", "utf8")) as { license: string };
    expect(page).toContain(`license = {${license}}`);
  });
});
