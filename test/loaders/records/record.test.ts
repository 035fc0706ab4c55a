import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseRecord } from "../../../loaders/records/record.js";
import { dataFolder } from "../../../loaders/records/records.js";

const runs = join(dataFolder, "runs");
const files = (await readdir(runs)).filter((file) => file.endsWith(".json"));

describe("a run record", () => {
  it.each(files)("is read: %s", async (file) => {
    const value: unknown = JSON.parse(await readFile(join(runs, file), "utf8"));
    expect(parseRecord(value, file)).toEqual(value);
  });

  it.each([
    [/"loss": [\d.]+/, '"loss": 1e999', /curve\.0\.loss: is Infinity; expected a finite number/],
    [
      /"learningRate": [\d.e-]+/,
      '"learningRate": 1e999',
      /curve\.0\.learningRate: is Infinity; expected a finite/,
    ],
    [
      /"trainingSeconds": [\d.]+/,
      '"trainingSeconds": 1e999',
      /trainingSeconds: is Infinity; expected a finite/,
    ],
    [/"memoryGiB": \d+/, '"memoryGiB": -1', /hardware\.memoryGiB: is -1; expected 0 or more/],
    [
      /"imagesSeen": \d+/,
      '"imagesSeen": 9007199254740993',
      /imagesSeen: is 9007199254740992; expected a whole number/,
    ],
    [/"seed": \d+/, '"seed": 9007199254740993', /seed: is 9007199254740992; expected a whole number/],
  ])(
    "is refused with a number that is infinite, inexact or out of range: %s",
    async (field, lie, complaint) => {
      const text = await readFile(join(runs, files[0]!), "utf8");
      expect(text).toMatch(field);
      const value: unknown = JSON.parse(text.replace(field, lie));
      expect(() => parseRecord(value, "r.json")).toThrow(complaint);
    },
  );
});
