import "../../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../../src/architecture/costs/description.js";
import { type ModelName, modelByName } from "../../../../src/architecture/families/modelByName.js";
import { differenceOf } from "../../../../src/architecture/graph/difference.js";
import { blockTable } from "../../../../src/components/permute/panels/blockTable.js";

function rows(name: ModelName): string[][] {
  const table = blockTable(descriptionOf(modelByName(name)));
  return [...table.querySelectorAll("tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent ?? ""),
  );
}

describe("the block table", () => {
  it("says what the drawing shows, a row a block", () => {
    const table = rows("spinenet-49");
    expect(table[0]).toEqual([
      "block",
      "level",
      "kind",
      "shape",
      "from",
      "parameters",
      "multiply-adds",
      "output",
    ]);
    expect(table[15]).toEqual([
      "14",
      "L5",
      "bottleneck",
      "20×20×1024",
      "7 down ÷2, 12 down ÷2, 11 added as it is +",
      "1.94\u00a0M",
      "1.09\u00a0B",
      "P5",
    ]);
  });

  it("ends in the other parts and the whole", () => {
    expect(
      rows("resnet-50-fpn")
        .slice(-4)
        .map((row) => row[0]),
    ).toEqual(["stem", "FPN", "head", "whole"]);
    expect(rows("spinenet-49").at(-1)).toEqual(["whole", "", "", "", "", "28.5\u00a0M", "85.3\u00a0B", ""]);
    expect(rows("spinenet-49").at(-3)?.[0]).toBe("endpoint P7");
  });

  it("can be scrolled by keyboard and says what it is", () => {
    const region = blockTable(descriptionOf(modelByName("spinenet-96")));
    expect(region.getAttribute("tabindex")).toBe("0");
    expect(region.getAttribute("aria-label")).toBe(region.querySelector("caption")?.textContent);
    expect(region.textContent).toContain("bottleneck, 2 times");
  });

  it("says in a last column what each block is in another network", () => {
    const [one, other] = [descriptionOf(modelByName("r0-sp53")), descriptionOf(modelByName("spinenet-49"))];
    const table = blockTable(one, differenceOf(one, other));
    const cells = (id: number) =>
      [...table.querySelectorAll(`tr[data-id="${id}"] > *`)].map((cell) => cell.textContent);
    expect(table.querySelector("thead th:last-child")?.textContent).toBe("in SpineNet-49");
    // R0-SP53's block 3 is a bottleneck at level 3, SpineNet-49's a residual block at level 4; both read 0 and 1.
    expect(cells(3).at(-1)).toBe("level 4 there, residual there");
    expect(cells(2).at(-1)).toBe("");
    expect(table.textContent).toContain("Compared with SpineNet-49: ");
  });
});
