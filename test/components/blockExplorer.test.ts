import "../dom.js";
import { expect, describe as group, it } from "vitest";
import { describe } from "../../src/architecture/describe.js";
import { modelByName } from "../../src/architecture/families/named.js";
import { blockExplorer } from "../../src/components/blockExplorer.js";

const spineNet = describe(modelByName("spinenet-49"));

function open(): {
  explorer: HTMLElement;
  option: (id: number) => SVGElement;
  row: (id: number) => HTMLElement;
} {
  const explorer = blockExplorer(spineNet, { width: 960, caption: "How to read it." });
  return {
    explorer,
    option: (id) => explorer.querySelector<SVGElement>(`[role=option][data-id="${id}"]`)!,
    row: (id) => explorer.querySelector<HTMLElement>(`tr[data-id="${id}"]`)!,
  };
}

function detail(explorer: HTMLElement): string {
  return explorer.querySelector(".block-detail")?.textContent ?? "";
}

group("the block explorer", () => {
  it("starts with the whole network", () => {
    const { explorer } = open();
    expect(detail(explorer)).toContain("28.5\u00a0M");
    expect(detail(explorer)).toContain("85.3\u00a0B");
    expect(explorer.querySelector("figcaption")?.textContent).toBe("How to read it.");
  });

  it("tells of a block pointed at: shape, costs, each parent's resampling, children", () => {
    const { explorer, option, row } = open();
    option(15).dispatchEvent(new Event("pointerenter"));
    const text = detail(explorer);
    // 370,278,400 of 85,281,555,200 is 0.43%.
    for (const part of [
      "Block 15",
      "bottleneck, level 7, output P7",
      "5×5×1024",
      "1.94\u00a0M",
      "370\u00a0M (0.4%)",
      "from 5, down ×8",
      "1×1 convolution 40×40×128 → 3×3 convolution by 2 20×20×128 → 3×3 max pool by 2 10×10×128 → 3×3 max pool by 2 5×5×128 → 1×1 convolution 5×5×1024 (412,160 parameters)",
      "from 14, down ×4",
    ]) {
      expect(text).toContain(part);
    }
    expect(row(15).classList.contains("chosen")).toBe(true);
    option(15).dispatchEvent(new Event("pointerleave"));
    expect(row(15).classList.contains("chosen")).toBe(false);
  });

  it("tells how often a block is read and by whom", () => {
    const { explorer, option } = open();
    option(11).dispatchEvent(new Event("pointerenter"));
    expect(detail(explorer)).toContain("read by14, added as it is");
  });

  it("chooses in the drawing what is pointed at in the table", () => {
    const { explorer, option, row } = open();
    row(9).dispatchEvent(new Event("pointerenter"));
    expect(option(9).classList.contains("chosen")).toBe(true);
    expect(detail(explorer)).toContain("Block 9");
    row(9).dispatchEvent(new Event("pointerleave"));
    expect(option(9).classList.contains("chosen")).toBe(false);
  });
});
