import { readdir } from "node:fs/promises";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import {
  number,
  optionalNumber,
  parsePublishedTable,
  text,
} from "../../../loaders/records/publishedTable.js";
import {
  loadPublished,
  type PublishedTableName,
  publishedSchemas,
  referenceFolder,
} from "../../../loaders/records/publishedTables.js";

const isPublished = (name: string): name is PublishedTableName => name in publishedSchemas;
const publishedTableNames = Object.keys(publishedSchemas).filter(isPublished);

const schema = v.strictObject({ model: text, AP: number, APS: optionalNumber });

describe("parsePublishedTable", () => {
  it("reads text, numbers and empty cells by their column's name", () => {
    expect(parsePublishedTable('AP,model,APS\n42.8,"A, B",\n40.4,C,22.7\n', schema, "x.csv")).toEqual([
      { model: "A, B", AP: 42.8, APS: null },
      { model: "C", AP: 40.4, APS: 22.7 },
    ]);
  });

  it("refuses a missing column by naming the file and the column", () => {
    expect(() => parsePublishedTable("model,APS\nA,\n", schema, "x.csv")).toThrow(
      'x.csv: the header lacks the column "AP"',
    );
  });

  it("refuses a column that nobody knows", () => {
    expect(() => parsePublishedTable("model,AP,APS,APX\nA,1,,\n", schema, "x.csv")).toThrow(
      'x.csv: the header has an unknown column "APX"',
    );
  });

  it("refuses a word where a number belongs by naming file, row and column", () => {
    expect(() => parsePublishedTable("model,AP,APS\nA,1,2\nB,forty,2\n", schema, "x.csv")).toThrow(
      'x.csv: row 3, column "AP": must be a number, but it is "forty"',
    );
  });

  it("refuses an empty cell where a number is required, and a row that ends early", () => {
    expect(() => parsePublishedTable("model,AP,APS\nA,,2\n", schema, "x.csv")).toThrow('row 2, column "AP"');
    expect(() => parsePublishedTable("model,AP,APS\nA,1\n", schema, "x.csv")).toThrow('row 2, column "APS"');
  });
});

describe("the tables of data/reference", () => {
  it("are all known, and no known one is missing", async () => {
    const files = (await readdir(referenceFolder)).filter((file) => file.endsWith(".csv"));
    expect(files.map((file) => file.replace(/\.csv$/, "")).sort()).toEqual([...publishedTableNames].sort());
  });

  it("have as many rows as their sources print", async () => {
    const counts = await Promise.all(
      publishedTableNames.map(async (name) => [name, (await loadPublished(name)).length] as const),
    );
    expect(Object.fromEntries(counts)).toEqual({
      "detection-test-dev": 16,
      "permuting-resnet": 6,
      latency: 3,
      // Table 5 has 8 models, the last on two splits.
      "mask-rcnn": 9,
      classification: 7,
      "classification-data": 2,
      "classification-crops": 2,
      "classification-improved": 4,
      "fixed-orders": 3,
      "graph-damage": 4,
      mobile: 9,
      // 10 rows in its first table (two models at two schedules), 5 with the longer schedule, 1 mobile.
      "zoo-retinanet": 16,
      "zoo-mask-rcnn": 4,
      // 14 on the page, 1 in a comment, 3 on an earlier page.
      "model-garden": 18,
      "self-training": 2,
      "search-setup": 15,
      "search-samples": 5,
      comparisons: 1,
      // A caption, the zoo's ResNet-152, and two numbers of one comment.
      "second-printings": 4,
      // Six of the first three, six of the abstract's fourth at three sizes, two of its records.
      claims: 14,
      // 12 RetinaNets, 4 Mask R-CNNs and 10 classifiers of the zoo, 5 of the Model Garden.
      checkpoints: 31,
    });
  });

  it("name a source in every row", async () => {
    for (const name of publishedTableNames) {
      for (const row of await loadPublished(name)) expect(row.source).toMatch(/^(arXiv:|tensorflow\/)/);
    }
  });

  it("hold Table 2's first and last row as printed", async () => {
    const rows = await loadPublished("detection-test-dev");
    expect(rows[0]).toEqual({
      model: "SpineNet-49S",
      modelId: "spinenet-49s",
      family: "SpineNet",
      resolution: 640,
      multiplyAddsB: 33.8,
      parametersM: 11.9,
      AP: 39.5,
      AP50: 59.3,
      AP75: 43.1,
      APS: 20.9,
      APM: 42.2,
      APL: 54.3,
      protocol: "B",
      source: "arXiv:1912.05027v3, Table 2",
    });
    expect(rows.at(-1)).toMatchObject({
      model: "SpineNet-190",
      multiplyAddsB: 1885,
      AP: 52.1,
      AP50: 71.8,
      AP75: 56.5,
      APS: 35.4,
      APM: 55,
      APL: 63.6,
      protocol: "C",
    });
  });

  it("hold the ladder of Table 3 and the two fixed orders of Table 7", async () => {
    const ladder = await loadPublished("permuting-resnet");
    expect(ladder.map(({ multiplyAddsB, AP }) => [multiplyAddsB, AP])).toEqual([
      [96.8, 37.8],
      [91.7, 38.7],
      [96.5, 39.7],
      [99.7, 39.6],
      [95.2, 40.7],
      [85.4, 40.8],
    ]);
    expect((await loadPublished("fixed-orders")).map(({ AP }) => AP)).toEqual([38.3, 37.5, 40.7]);
    expect((await loadPublished("graph-damage")).map(({ AP }) => AP)).toEqual([40.7, 35.8, 28.6, 28.2]);
  });

  it("keep the two splits of Mask R-CNN's largest model apart", async () => {
    const largest = (await loadPublished("mask-rcnn")).filter(({ model }) => model === "SpineNet-190");
    expect(largest.map(({ split, boxAP, maskAP }) => [split, boxAP, maskAP])).toEqual([
      ["val2017", 52.2, 46.1],
      ["test-dev", 52.5, 46.3],
    ]);
  });

  it("quote claims whose differences are those of the two numbers behind them", async () => {
    for (const { value, againstValue, difference, differencePercent } of await loadPublished("claims")) {
      if (againstValue === null) {
        expect(difference).toBeNull();
        continue;
      }
      expect(value - againstValue).toBeCloseTo(difference!, 6);
      if (differencePercent === null) continue;
      // As printed to one decimal: (85.4 − 95.2) / 95.2 = −10.29%.
      expect((100 * (value - againstValue)) / againstValue).toBeCloseTo(differencePercent, 1);
    }
  });
});
