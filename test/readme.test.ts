import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const readme = readFileSync("README.md", "utf8");
const contributing = readFileSync("CONTRIBUTING.md", "utf8");
const security = readFileSync("SECURITY.md", "utf8");

const json = (file: string) => JSON.parse(readFileSync(file, "utf8"));

/** Seconds per image of the narrow SpineNet-49, from the native engine's step of 8 images in the benchmarks. */
const secondsPerImage =
  Number(/training step, 8 images, 2 threads\*\*: native \|[^|]*\| ([\d.]+) s/.exec(contributing)![1]) / 8;

describe("the README's training times", () => {
  const rows = [
    ...readme.matchAll(/about (\d+) minutes \(recorded: (\d+)\) \| `.*reproduce --only ([\w-]+)/g),
  ].map(([, minutes, recorded, study]) => ({ study, minutes: Number(minutes), recorded: Number(recorded) }));

  it("are given for the committed SpineNets", () => {
    expect(rows.map(({ study }) => study)).toEqual(["bccd-spinenet-49", "coco-person-spinenet-49"]);
  });

  it.each(rows)("are those of the benchmark and of the record of $study", ({ study, minutes, recorded }) => {
    const { images, seed } = json(`data/studies/${study}.json`);
    expect(minutes).toBe(Math.round((images * secondsPerImage) / 60));
    const { trainingSeconds } = json(`data/runs/${study}-seed${seed ?? 1}.json`);
    expect(recorded).toBe(Math.round(trainingSeconds / 60));
  });

  it("belong to commands on files that exist", () => {
    const files = [...readme.matchAll(/data\/(?:weights|studies)\/[\w.-]+\.\w+/g)].map(([file]) => file);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect(existsSync(file), file).toBe(true);
  });
});

describe("the files that CONTRIBUTING and SECURITY name", () => {
  const named = [...`${contributing}${security}`.matchAll(/`((?:src|loaders|test)\/[\w./-]*\w)\/?`/g)].map(
    ([, file]) => file!,
  );

  it.each([...new Set(named)])("exist: %s", (file) => {
    expect(existsSync(file) || existsSync(file.replace(/\.js$/, ".ts"))).toBe(true);
  });

  it("are many", () => {
    expect(named.length).toBeGreaterThan(20);
  });
});
