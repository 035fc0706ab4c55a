import { describe, expect, it } from "vitest";
import { loadScale } from "../../../loaders/pages/scale.js";
import { type CostNode, type CostPart, costTree } from "../../../src/architecture/costs/costTree.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import type { ScaleRow } from "../../../src/pageData/scale.js";

const scale = await loadScale();
const row = (rows: readonly ScaleRow[], model: string): ScaleRow => rows.find((one) => one.model === model)!;
const part = (root: CostNode, id: CostPart): number =>
  root.children.find((child) => child.id === id)!.multiplyAdds;

describe("the family", () => {
  it("has a row a network and size, and SpineNet-49S once more as its text describes it", () => {
    expect(scale.spineNet.map(({ model, resolution }) => [model, resolution])).toEqual([
      ["SpineNet-49S, per its text", 640],
      ["SpineNet-49S", 640],
      ["SpineNet-49", 640],
      ["SpineNet-49", 896],
      ["SpineNet-96", 1024],
      ["SpineNet-143", 1280],
      ["SpineNet-190", 1280],
    ]);
    expect(scale.mobile).toHaveLength(3);
  });

  it("is repeated, widened and resampled as the paper's section 3.4 says", () => {
    const settings = scale.spineNet
      .slice(1)
      .map(({ repeats, widthMultiplier, alpha, endpoints }) => [repeats, widthMultiplier, alpha, endpoints]);
    expect(settings).toEqual([
      [1, 0.65, 0.5, 256],
      [1, 1, 0.5, 256],
      [1, 1, 0.5, 256],
      [2, 1, 0.5, 256],
      [3, 1, 1, 256],
      [4, 1.3, 1, 512],
    ]);
    expect(scale.spineNet[0]?.endpoints).toBe(128);
  });

  it("has widths cut, not rounded, to whole channels", () => {
    // 64 × 0.65 = 41.6, 256 × 0.65 = 166.4; 16 × 0.6 = 9.6, 112 × 0.6 = 67.2.
    expect(row(scale.spineNet, "SpineNet-49S").widths).toBe("41 … 166");
    expect(row(scale.mobile, "SpineNet-49XS (MBConv)").widths).toBe("9 … 67");
  });

  it("costs by count what was printed, within half a percent, the two small mobile ones apart", () => {
    const compared = [...scale.spineNet.slice(1), row(scale.mobile, "SpineNet-49 (MBConv)")];
    for (const {
      model,
      parametersM,
      computedParametersM,
      multiplyAddsB,
      computedMultiplyAddsB,
    } of compared) {
      const bound = model === "SpineNet-49 (MBConv)" ? 0.02 : 0.005;
      expect(Math.abs(Number(computedParametersM) / Number(parametersM) - 1)).toBeLessThan(bound);
      expect(Math.abs(Number(computedMultiplyAddsB) / Number(multiplyAddsB) - 1)).toBeLessThan(bound);
    }
  });

  it("has the AP of both protocols in one row, none where it was not printed", () => {
    expect([row(scale.spineNet, "SpineNet-96").APB, row(scale.spineNet, "SpineNet-96").APC]).toEqual([
      47.1, 48.6,
    ]);
    expect(row(scale.spineNet, "SpineNet-190").APB).toBeNull();
  });
});

describe("shares of cost", () => {
  it.each(["multiplyAdds", "parameters"] as const)("by %s sum to a hundred percent", (measure) => {
    for (const { model: _, whole: __, ...parts } of scale.shares[measure]) {
      const sum = Object.values(parts).reduce<number>((total, share) => total + Number(share ?? 0), 0);
      expect(sum).toBeCloseTo(100, 9);
    }
  });
});

describe("what the page's text says", () => {
  const spineNet = costTree(modelByName("spinenet-49"));
  const resNet = costTree(modelByName("resnet-50-fpn"));

  it("ResNet-50-FPN's head is SpineNet-49's, and what comes before costs it more", () => {
    expect(part(resNet, "head")).toBe(part(spineNet, "head"));
    expect(resNet.multiplyAdds).toBeGreaterThan(spineNet.multiplyAdds);
  });

  it("SpineNet-96 at SpineNet-49's input has more in its blocks alone", () => {
    const repeated = costTree(modelByName("spinenet-96", { size: 640 }));
    const more = part(repeated, "blocks") - part(spineNet, "blocks");
    expect(repeated.multiplyAdds - spineNet.multiplyAdds).toBe(more);
    expect(more).toBeGreaterThan(0);
  });

  it("the head is SpineNet-49's dearest part by multiply-adds, the blocks by parameters", () => {
    const dearest = (of: (node: CostNode) => number): string =>
      spineNet.children.reduce((most, child) => (of(child) > of(most) ? child : most)).id;
    expect(dearest(({ multiplyAdds }) => multiplyAdds)).toBe("head");
    expect(dearest(({ parameters }) => parameters.trainable)).toBe("blocks");
  });
});
