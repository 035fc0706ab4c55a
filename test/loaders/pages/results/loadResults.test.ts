import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { loadResults } from "../../../../loaders/pages/results/loadResults.js";

const results = await loadResults();

describe("loadResults", () => {
  it("names a headline's number, what it says and where it stands", () => {
    // 42.8 − 40.4; (85.4 − 96.8) / 96.8; 40.7 − 37.8; 59.3 − 54.6; the highest AP of Table 2.
    expect(results.headlines.map(({ value }) => value)).toEqual([
      "+2.4 AP",
      "−11.8% multiply-adds",
      "+2.9 AP",
      "+4.7 points top-1",
      "52.1 AP",
    ]);
    for (const { source } of results.headlines) expect(source).toMatch(/^arXiv:1912\.05027v3, Table \d/);
  });

  it("names for each headline a section that the page on results has", async () => {
    const page = await readFile("src/results.md", "utf8");
    const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) =>
      heading!.toLowerCase().replaceAll(" ", "-"),
    );
    expect(results.headlines.map(({ section }) => section)).toEqual([
      "detection",
      "detection",
      "what-permuting-buys",
      "classification",
      "detection",
    ]);
    for (const { section } of results.headlines) expect(sections).toContain(section);
  });

  it("finds SpineNet ahead of ResNet-FPN at each size, for fewer multiply-adds", () => {
    const { rows } = results.tables.detection;
    const backbones = [
      ["SpineNet-49", "R50-FPN", 640],
      ["SpineNet-96", "R101-FPN", 1024],
      ["SpineNet-143", "R152-FPN", 1280],
    ] as const;
    for (const [ours, theirs, resolution] of backbones) {
      const under = (model: string, protocol: string) =>
        rows.find((row) => row.model === model && row.resolution === resolution && row.protocol === protocol);
      for (const protocol of ["B", "C"]) {
        const [spineNet, resNet] = [under(ours, protocol), under(theirs, protocol)];
        // Under C only the smallest ResNet was published.
        if (resNet === undefined) expect([protocol, theirs === "R50-FPN"]).toEqual(["C", false]);
        else {
          expect(Number(spineNet?.AP)).toBeGreaterThan(Number(resNet.AP));
          expect(Number(spineNet?.multiplyAddsB)).toBeLessThan(Number(resNet.multiplyAddsB));
        }
      }
    }
  });

  it("counts our detectors beside the published ones, within half a percent", () => {
    const { rows } = results.tables.costs;
    const sized = rows.filter(({ model }) => !/MBConv|SP\d|128/.test(String(model)));
    expect(sized).toHaveLength(9);
    for (const { parametersDifference, multiplyAddsDifference } of sized) {
      expect(Math.abs(Number(parametersDifference))).toBeLessThan(0.5);
      expect(Math.abs(Number(multiplyAddsDifference))).toBeLessThan(0.5);
    }
  });

  it("counts SpineNet-49S both as Table 2 prints it and as the text describes it", () => {
    const small = results.tables.costs.rows.filter(({ model }) => String(model).startsWith("SpineNet-49S"));
    expect(small.map(({ computedParametersM }) => computedParametersM)).toEqual([
      11.944598, 1.030653, 11.265942,
    ]);
  });

  it("leaves a computed cell empty where the model cannot be built", () => {
    const row = results.tables.detection.rows.find(({ model }) => model === "R50-NAS-FPN");
    expect(row).toMatchObject({ parametersM: 60.3, computedParametersM: null, computedMultiplyAddsB: null });
  });

  it("counts classifiers for both numbers of classes", () => {
    const row = results.tables.classification.rows.find(({ model }) => model === "ResNet-50");
    expect(Number(row?.computedImagenetParametersM)).toBeCloseTo(25.557, 3);
    expect(Number(row?.computedInaturalistParametersM)).toBeCloseTo(33.935, 3);
  });

  it("gives every table a source in each row and a cell for each column", () => {
    for (const { columns, rows } of Object.values(results.tables)) {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row.source).toMatch(/^(arXiv:|tensorflow\/)/);
        for (const { key } of columns) expect(row[key]).not.toBeUndefined();
      }
    }
  });

  it("heads a table's second column with AP, where a phone still shows it", () => {
    const { detection, permuting, mobile, masks, zooRetinaNet, latency } = results.tables;
    const seconds = [detection, permuting, mobile, masks, zooRetinaNet, latency].map(
      ({ columns }) => columns[1]?.label,
    );
    expect(seconds).toEqual(["AP", "AP", "AP", "Box AP", "AP", "AP"]);
    expect(detection.columns.filter(({ key }) => key === "AP")).toHaveLength(1);
  });

  it("draws the sixteen detectors of Table 2", () => {
    expect(results.scatter).toHaveLength(16);
    expect(results.scatter[1]).toEqual({
      id: "spinenet-49-640-b",
      model: "SpineNet-49 at 640 px",
      label: "49@640",
      family: "SpineNet",
      series: "protocol B",
      multiplyAddsB: 85.4,
      parametersM: 28.5,
      AP: 42.8,
      source: "arXiv:1912.05027v3, Table 2",
    });
  });
});
