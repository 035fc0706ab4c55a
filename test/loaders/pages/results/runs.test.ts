import { describe, expect, it } from "vitest";
import { measuredGroups } from "../../../../loaders/pages/results/runs.js";
import { parseRecord, type RunRecord } from "../../../../loaders/records/record.js";
import { modelByName } from "../../../../src/architecture/families/modelByName.js";

function record(changes: Partial<RunRecord>): RunRecord {
  return parseRecord(
    {
      id: "a-1",
      kind: "train",
      study: "a",
      title: "Study A",
      tier: "small",
      command: "npm run --silent spinenet -- train data/studies/a.json --seed 1",
      model: modelByName("spinenet-49", { size: 128, classes: 4, width: 0.25 }),
      data: {
        name: "Things",
        split: "val",
        hash: "0123456789abcdef",
        images: 1200,
        categories: [{ id: 1, name: "thing" }],
      },
      schedule: {},
      seed: 1,
      imagesSeen: 32000,
      engine: { name: "wasm", versions: { tfjs: "4.22.0" } },
      hardware: { cpu: "A processor", cores: 2, memoryGiB: 8, platform: "linux-x64" },
      commit: "abc",
      started: "2026-01-01T00:00:00.000Z",
      finished: "2026-01-01T01:00:00.000Z",
      trainingSeconds: 3600,
      curve: [],
      metrics: {
        stats: [0.25, 0.5, 0.2, -1, 0.3, 0.4, 0.3, 0.4, 0.4, -1, 0.4, 0.5],
        categoryIds: [1],
        perCategoryAP: [0.25],
      },
      weights: { file: "a.safetensors", sha256: "0" },
      ...changes,
    },
    "a record of this test",
  );
}

const stats = (ap: number) => ({
  stats: [ap, ...Array.from({ length: 11 }, () => 0.5)],
  categoryIds: [1],
  perCategoryAP: [ap],
});

describe("measuredGroups(records)", () => {
  it("has no group without a record", () => {
    expect(measuredGroups([])).toEqual([]);
  });

  it("shows fractions in percent, and nothing where nothing could be measured", () => {
    const [group] = measuredGroups([record({})]);
    expect(group!.runs.rows[0]).toMatchObject({
      run: "Study A",
      imagesSeen: 32000,
      seed: 1,
      engine: "wasm",
      AP: 25,
      AP50: 50,
      APS: null,
      ARL: 50,
      source: "data/runs/a-1.json",
    });
  });

  it("takes the seeds of a study together, and tells their spread, which a single run has not", () => {
    const [group] = measuredGroups([
      record({ id: "a-1", seed: 1, metrics: stats(0.25) }),
      record({ id: "a-2", seed: 2, metrics: stats(0.375) }),
      record({
        id: "b-1",
        study: "b",
        title: "Study B",
        model: modelByName("resnet-50-fpn", { size: 128, classes: 4 }),
        metrics: stats(0.5),
      }),
    ]);
    // (25 + 37.5) / 2 = 31.25.
    expect(group!.comparison.rows).toMatchObject([
      {
        model: "Study A",
        runs: 2,
        mean: 31.25,
        lowest: 25,
        highest: 37.5,
        source: "data/runs/a-1.json, data/runs/a-2.json",
      },
      { model: "Study B", runs: 1, mean: 50, lowest: null, highest: null },
    ]);
  });

  it("names a group and its rows for an address", () => {
    const [group] = measuredGroups([record({})]);
    expect(group!.id).toBe("things-val");
    expect(group!.comparison.rows[0]).toMatchObject({ id: "a-32000", name: "Study A" });
    expect(group!.runs.rows[0]).toMatchObject({ id: "a-1", name: "Study A, seed 1" });
  });

  it("shows one number and says so where each study ran once", () => {
    const [group] = measuredGroups([record({ metrics: stats(0.25) })]);
    const measured = group!.comparison.columns.filter(({ origin }) => origin === "measured");
    expect(measured.map(({ label }) => label)).toEqual(["AP"]);
    expect(group!.comparison.about).toContain("One run each");
  });

  it("keeps runs on other files, and classifiers, in tables of their own", () => {
    const data = record({}).data;
    const groups = measuredGroups([
      record({}),
      record({ id: "a-2", data: { ...data, hash: "fedcba" } }),
      record({ id: "a-3", data: { ...data, split: "test" } }),
      record({ id: "a-4", metrics: { top1: 0.5, top5: 0.75, perClassAccuracy: [0.5] } }),
    ]);
    // A title names one table for a screen reader, so no two are alike.
    expect(groups.map(({ title }) => title)).toEqual([
      "Things, val, 01234567",
      "Things, val, fedcba",
      "Things, test",
      "Things, val, classification",
    ]);
    expect(groups[3]!.runs.rows[0]).toMatchObject({ "Top-1": 50, "Top-5": 75 });
    expect(groups[3]!.comparison.rows[0]).toMatchObject({ mean: 50 });
  });

  it("compares studies of different length by rows of their own", () => {
    const [group] = measuredGroups([record({}), record({ id: "a-2", imagesSeen: 64000 })]);
    expect(group!.comparison.rows.map(({ imagesSeen }) => imagesSeen)).toEqual([32000, 64000]);
  });

  it("names data, machine, time and command of a run", () => {
    const [group] = measuredGroups([record({})]);
    expect(group!.details[0]).toMatchObject({
      command: "npm run --silent spinenet -- train data/studies/a.json --seed 1",
      facts: [
        ["Study", "a (small)"],
        ["Measured on", "Things, val, 1,200 images"],
        ["Images seen", "32,000"],
        ["Seed", "1"],
        ["Engine", "wasm, tfjs 4.22.0"],
        ["Computer", "A processor, 2 cores, 8 GiB, linux-x64"],
        ["Training time", "60 min"],
        ["Code", "abc"],
        ["Finished", "2026-01-01T01:00:00.000Z"],
      ],
    });
  });

  it("thins a long curve but keeps its last point", () => {
    const curve = Array.from({ length: 1000 }, (_, step) => ({
      step,
      imagesSeen: step * 8,
      learningRate: 0.1,
      loss: 1,
      classLoss: 0.5,
      boxLoss: 0.01,
    }));
    const [group] = measuredGroups([record({ curve })]);
    const shown = group!.details[0]!.curve;
    // Every fifth of 1,000 is 200 points; the last one, 999, comes on top.
    expect(shown).toHaveLength(201);
    expect(shown.at(-1)!.imagesSeen).toBe(7992);
  });
});
