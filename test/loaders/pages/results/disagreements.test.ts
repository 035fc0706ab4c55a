import { describe, expect, it } from "vitest";
import { disagreementsAmong, loadDisagreements } from "../../../../loaders/pages/results/disagreements.js";
import { loadResults } from "../../../../loaders/pages/results/loadResults.js";
import { type PrintedNumber, printedNumbers } from "../../../../loaders/pages/results/printedNumbers.js";

const number = (value: number, source: string, more: Partial<PrintedNumber> = {}): PrintedNumber => ({
  detector: "RetinaNet",
  model: "S",
  modelId: null,
  resolution: 640,
  split: "val2017",
  epochs: 350,
  quantity: "AP",
  value,
  source,
  table: null,
  id: null,
  key: null,
  ...more,
});

describe("disagreementsAmong(numbers)", () => {
  it("has nothing to say where sources agree, or speak of another split, schedule or size", () => {
    const others = [
      number(40, "B"),
      number(41, "B", { split: "test-dev", epochs: 350 }),
      number(42, "B", { split: "val2017", epochs: 500 }),
      number(43, "B", { resolution: 896 }),
      number(44, "B", { quantity: "boxAP" }),
      number(45, "B", { detector: "Mask R-CNN" }),
    ];
    expect(disagreementsAmong([number(40, "A"), ...others])).toEqual({ rows: [], remarks: {} });
  });

  it("sets every other number beside the first, each with all its sources", () => {
    const { rows } = disagreementsAmong([
      number(40, "A, Table 1"),
      number(41, "B"),
      number(40, "C"),
      number(42.5, "D"),
    ]);
    expect(rows).toMatchObject([
      { value: 40, source: "A, Table 1; C", otherValue: 41, otherSource: "B", difference: 1 },
      { value: 40, source: "A, Table 1; C", otherValue: 42.5, otherSource: "D", difference: 2.5 },
    ]);
    expect(rows[0]).toMatchObject({
      model: "S at 640 px",
      quantity: "AP",
      setting: "RetinaNet, val2017, 350 epochs",
    });
  });

  it("takes a network for the same where sources name it differently", () => {
    const { rows } = disagreementsAmong([
      number(40, "A", { modelId: "spinenet-mobile-49" }),
      number(41, "B", { modelId: "spinenet-mobile-49", model: "SpineNetMB-49" }),
    ]);
    expect(rows).toHaveLength(1);
  });

  it("tells rounding from networks that cannot be the same", () => {
    const cost = (value: number, source: string) =>
      number(value, source, { split: null, epochs: null, quantity: "parametersM" });
    const remark = (other: number) => disagreementsAmong([cost(100, "A"), cost(other, "B")]).rows[0]?.remark;
    expect(remark(101)).toMatch(/^Counted or rounded otherwise/);
    expect(remark(95)).toMatch(/^Too far apart for rounding/);
  });

  it("says where the second number stands for another network in the first one's table", () => {
    const { rows } = disagreementsAmong([
      number(39.7, "A, Table 3"),
      number(39.6, "A, Table 3", { model: "T" }),
      number(39.6, "A, Figure 4"),
    ]);
    expect(rows.map(({ remark }) => remark)).toEqual([
      "The same authors print both, and do not say why. The second is what A, Table 3 gives T.",
    ]);
  });

  it("remarks on both cells", () => {
    const at = (id: string) => ({ table: "detection" as const, id, key: "AP" });
    const { remarks } = disagreementsAmong([number(40, "A", at("a")), number(41, "B", at("b"))]);
    expect(remarks).toEqual({
      detection: { a: { AP: "Another number: 41 in B" }, b: { AP: "Another number: 40 in A" } },
    });
  });
});

describe("loadDisagreements()", async () => {
  const { rows, remarks } = await loadDisagreements();
  const found = (model: string, quantity: string) =>
    rows.filter((row) => row.model === model && row.quantity === quantity);

  it.each([
    ["SpineNet-49S at 640 px", "AP", 39.5, 39.9],
    ["SpineNet-49S at 640 px", "parameters, millions", 11.9, 12],
    ["R23-SP30 at 640 px", "AP", 39.7, 39.6],
    ["ResNet-152 at 224 px", "ImageNet top-1", 78.7, 78.4],
    ["R50-FPN at 640 px", "multiply-adds, billions", 96.8, 97],
    ["R50-NAS-FPN at 640 px", "multiply-adds, billions", 140, 140.6],
    ["SpineNet-190 at 1536 px", "parameters, millions", 176.2, 168.2],
  ])("finds %s, %s: %d and %d", (model, quantity, value, otherValue) => {
    expect(found(model, quantity)).toMatchObject([{ value, otherValue }]);
  });

  it("gives the Model Garden's second schedule its own partner", () => {
    // The zoo: 42.8 after 350 epochs, 44.3 after 500; the garden: 42.4 on its earlier page, 44.2.
    const onVal = found("SpineNet-49 at 640 px", "AP").map(({ value, otherValue }) => [value, otherValue]);
    expect(onVal).toEqual([
      [42.8, 42.4],
      [44.3, 44.2],
    ]);
  });

  it("counts the network itself where it can be built", () => {
    expect(found("SpineNet-143 at 1280 px", "parameters, millions")[0]?.counted).toBeCloseTo(66.96, 2);
    expect(found("R50-NAS-FPN at 640 px", "multiply-adds, billions")[0]?.counted).toBeNull();
  });

  it("remarks only on cells that a table has", async () => {
    const { tables } = await loadResults();
    expect(Object.keys(remarks)).toContain("latency");
    for (const [name, ofTable] of Object.entries(remarks)) {
      const table = Object.entries(tables).find(([key]) => key === name)?.[1];
      for (const [id, cells] of Object.entries(ofTable)) {
        const row = table?.rows.find((one) => one.id === id);
        for (const key of Object.keys(cells)) {
          expect(row?.[key], `${name} ${id} ${key}`).toBeTypeOf("number");
          expect(table?.columns.some((column) => column.key === key)).toBe(true);
        }
      }
    }
  });

  it("reads the numbers of all tables that have any of detectors and classifiers", async () => {
    const tables = new Set((await printedNumbers()).map(({ table }) => table));
    expect([...tables].sort()).toEqual([
      "classification",
      "detection",
      "latency",
      "masks",
      "mobile",
      "modelGarden",
      null,
      "permuting",
      "zooMaskRcnn",
      "zooRetinaNet",
    ]);
  });
});
