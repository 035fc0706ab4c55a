import { describe, expect, it } from "vitest";
import { loadResults } from "../../../../loaders/pages/results/loadResults.js";
import { named, rowId, rowName } from "../../../../loaders/pages/results/rows.js";

describe("rowId(row) and rowName(row)", () => {
  it("are made of whatever tells rows apart", () => {
    const row = { model: "SpineNet-49 (MBConv)", resolution: 640, protocol: "B", epochs: null, AP: 1 };
    expect(rowId(row)).toBe("spinenet-49-mbconv-640-b");
    expect(rowName(row)).toBe("SpineNet-49 (MBConv) at 640 px, protocol B");
    const masks = { detector: "Mask R-CNN", model: "S", resolution: 1, epochs: 2, split: "val2017" };
    expect(rowId(masks)).toBe("mask-r-cnn-s-1-2-val2017");
    expect(rowName(masks)).toBe("S at 1 px, Mask R-CNN, 2 epochs, val2017");
    expect(rowName({ damage: "none" })).toBe("none");
  });
});

describe("named(rows)", () => {
  it("refuses two rows that nothing tells apart", () => {
    expect(() => named([{ model: "A" }, { model: "a" }])).toThrow('two rows of a table are "a"');
  });

  it("gives every row that can be ticked an id of its own that an address can hold", async () => {
    for (const { columns, rows } of Object.values((await loadResults()).tables)) {
      if (columns.every(({ comparison }) => comparison === undefined)) continue;
      const ids = rows.map(({ id }) => id);
      expect(new Set(ids).size).toBe(rows.length);
      for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/);
    }
  });
});
