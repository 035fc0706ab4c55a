import "../../dom.js";
import { describe, expect, it } from "vitest";
import { loadScale } from "../../../loaders/pages/scale.js";
import { familyTable, shareTable } from "../../../src/components/scale/familyTable.js";

const scale = await loadScale();
const texts = (parent: Element, selector: string): string[] =>
  [...parent.querySelectorAll(selector)].map(({ textContent }) => textContent);
const rowOf = (table: HTMLElement, name: string): string[] => {
  const row = [...table.querySelectorAll("tbody tr")].find(
    (one) => one.querySelector("th")?.textContent === name,
  );
  return texts(row!, "td");
};

describe("the table of the family", () => {
  it("says how each network is scaled, what it costs by print and by count, and its AP", () => {
    const row = rowOf(familyTable(scale.spineNet, "SpineNet"), "SpineNet-190");
    expect(row.slice(0, 10)).toEqual([
      "4",
      "1.3",
      "83 … 332",
      "1.0",
      "512",
      "1280",
      "163.6",
      "163.64",
      "1,885.0",
      "1,881.66",
    ]);
    // Protocol B was not printed for it.
    expect(row.slice(10, 12)).toEqual(["–", "52.1"]);
  });

  it("marks what was counted here", () => {
    const table = familyTable(scale.spineNet, "SpineNet");
    expect(texts(table, 'th[data-origin="computed"] button')).toEqual(["Parameters", "Multiply-adds"]);
  });

  it("has no α for mobile networks, and one column of AP", () => {
    const heads = texts(familyTable(scale.mobile, "SpineNet-Mobile"), "th button");
    expect(heads).not.toContain("α");
    expect(heads.filter((head) => head.startsWith("AP"))).toEqual(["AP"]);
  });
});

describe("the table of shares", () => {
  it("has a dash where a network has no such part", () => {
    const row = rowOf(shareTable(scale.shares.multiplyAdds, "multiplyAdds"), "ResNet-50-FPN");
    // All, stem, blocks, resampling, endpoints, pyramid, head.
    expect(row).toEqual(["96.88", "1.0", "33.4", "–", "–", "6.7", "58.9"]);
  });
});
