import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agreementOf } from "../../../loaders/commands/compareRuns.js";
import type { DetectionDataset } from "../../../loaders/datasets/dataset.js";
import { generateDataset } from "../../../loaders/datasets/scenes/generateDataset.js";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import { writeFileWhole } from "../../../loaders/files/writeFile.js";
import { sha256 } from "../../../loaders/records/provenance.js";
import type { RunRecord } from "../../../loaders/records/record.js";
import { readRecord } from "../../../loaders/records/records.js";
import { classChannels } from "../../../loaders/training/train.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../src/architecture/layers/tensors.js";
import { encodeWeights } from "../../../src/checkpoints/weights.js";
import { imageNetDeviation, imageNetMean } from "../../../src/detection/letterbox.js";
import { initialValues } from "../../../src/network/initialise.js";
import { tinyModel, tinyStudy } from "../training/tinyStudy.js";

let folder: string;
let base: RunRecord;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "compare-"));
  base = await readRecord(join("data", "runs", "scenes-spinenet-49-seed1.json"));
});
afterAll(() => rm(folder, { recursive: true }));

const noImages = (): Promise<DetectionDataset> => Promise.reject(new Error("The images are not needed."));
const folders = () => ({ from: join(folder, "from"), out: join(folder, "out") });

/** A record of another seed, with the AP and the interval given, whose weights nobody has. */
function recordOf(seed: number, AP: number, halfWidth?: number): RunRecord {
  if (!("stats" in base.metrics)) throw new Error("The record should be a detector's.");
  const { intervals: _, ...metrics } = base.metrics;
  const bounds = { low: AP - (halfWidth ?? 0), high: AP + (halfWidth ?? 0) };
  const intervals = { rounds: 1000, seed: 0, level: 0.95, ap: bounds, ap50: bounds };
  return {
    ...base,
    id: `some-seed${seed}`,
    seed,
    weights: { file: `seed${seed}.safetensors`, sha256: `${seed} ${AP}` },
    metrics: {
      ...metrics,
      stats: [AP, ...metrics.stats.slice(1)],
      ...(halfWidth === undefined ? {} : { intervals }),
    },
  };
}

describe("agreementOf", () => {
  const compare = (records: readonly RunRecord[], again: readonly RunRecord[], openImages = noImages) =>
    agreementOf(
      records,
      again.map((run, index) => ({ record: records[index]!, again: run })),
      { ...folders(), openImages },
    );

  it("finds identical weights in agreement", async () => {
    const records = [recordOf(1, 0.5)];
    expect(await compare(records, records)).toEqual({
      agrees: true,
      sentence: "agrees: the weights are identical.",
    });
  });

  it("goes by the spread of seeds where there are several, even if one was made again", async () => {
    const records = [recordOf(1, 0.053), recordOf(2, 0.0535), recordOf(3, 0.0525)];
    // The fixed tolerance of 0.03 that there once was would call this agreement.
    expect(await compare(records, [recordOf(1, 0.04)])).toMatchObject({ agrees: false });
    expect(await compare(records, [recordOf(1, 0.0545)])).toMatchObject({ agrees: true });
  });

  it("goes by the records' own intervals where one seed's weights are not at hand", async () => {
    const again = recordOf(1, 0.56, 0.03);
    expect(await compare([recordOf(1, 0.5, 0.03)], [again])).toMatchObject({ agrees: false });
    expect(await compare([recordOf(1, 0.53, 0.03)], [again])).toMatchObject({ agrees: true });
  });

  it("does not call it agreement where nothing says how large a difference may be", async () => {
    const { agrees, sentence } = await compare([recordOf(1, 0.5)], [recordOf(1, 0.501, 0.03)]);
    expect(agrees).toBe(false);
    expect(sentence).toMatch(/^cannot be told: /);
  });

  it("refuses runs that were measured on other images", async () => {
    const again = recordOf(1, 0.5);
    const { agrees, sentence } = await compare(
      [recordOf(1, 0.5)],
      [{ ...again, data: { ...again.data, hash: "another" } }],
    );
    expect(agrees).toBe(false);
    expect(sentence).toContain("measured on other images than its record");
  });

  it("runs both networks on the same images where it has the weights of one seed", async () => {
    await startEngine("wasm");
    const study = tinyStudy();
    const look = { size: 64, seed: 1, maxObjects: 2, classes: ["red apple", "soccer ball"] };
    const dataset = await generateDataset({ ...look, split: "val", count: 3 });
    const write = async (run: RunRecord, where: string, seed: number): Promise<RunRecord> => {
      const bytes = encodeWeights(
        {
          model: tinyModel,
          values: initialValues(tensorsOf(layersOf(tinyModel)), seed),
          classes: classChannels(study, dataset),
          preprocessing: { mean: [...imageNetMean], deviation: [...imageNetDeviation] },
          run: "tiny",
        },
        "F32",
      );
      await writeFileWhole(join(where, "weights", run.weights.file), bytes);
      return { ...run, weights: { ...run.weights, sha256: sha256(bytes) } };
    };
    const record = await write(recordOf(1, 0), folders().from, 1);
    const again = await write(recordOf(1, 0), folders().out, 2);
    const { agrees, sentence } = await compare([record], [again], async () => dataset);
    // Untrained, both find nothing: the images cannot tell them apart.
    expect(agrees).toBe(true);
    expect(sentence).toMatch(/^agrees: on the same \d+ images, the difference is /);
  });
});
