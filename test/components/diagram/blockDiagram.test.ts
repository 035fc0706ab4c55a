import "../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { type ModelName, modelByName } from "../../../src/architecture/families/modelByName.js";
import { type BlockDiagramOptions, blockDiagram } from "../../../src/components/diagram/blockDiagram.js";
import { expectGolden } from "../../golden.js";

function draw(name: ModelName, options: BlockDiagramOptions = {}): SVGSVGElement {
  return blockDiagram(descriptionOf(modelByName(name)), options);
}

function ids(svg: SVGSVGElement, selector: string): string[] {
  return [...svg.querySelectorAll<SVGElement>(selector)].map(({ dataset }) => dataset.id ?? "");
}

describe("the block diagram's drawing", () => {
  it.each(["spinenet-49", "resnet-50-fpn", "r0-sp53", "spinenet-mobile-49"] as const)(
    "of %s is kept",
    (name) => {
      expectGolden(`block-diagram-${name}`, draw(name, { width: 960 }).outerHTML);
    },
  );

  it("of SpineNet-49 on a phone is kept", () => {
    expectGolden("block-diagram-spinenet-49-narrow", draw("spinenet-49", { width: 360 }).outerHTML);
  });

  it("writes no text smaller than 11 pixels, at its own size", () => {
    for (const width of [360, 960]) {
      const svg = draw("spinenet-49", { width });
      expect(svg.getAttribute("viewBox")?.split(" ")[2]).toBe(String(width));
      expect(svg.getAttribute("width")).toBe(String(width));
      const sizes = [
        ...(svg.querySelector("style")?.textContent?.matchAll(/(?:font-size|font): (\d+)px/g) ?? []),
      ];
      expect(sizes.length).toBeGreaterThan(2);
      for (const [, pixels] of sizes) expect(Number(pixels)).toBeGreaterThanOrEqual(11);
    }
  });

  it("tells kinds apart by shape: four corners at right angles, a diamond, six corners", () => {
    const corners = (name: ModelName, kind: string): number | undefined =>
      draw(name).querySelector(`.block.${kind} .shape`)?.getAttribute("d")?.split("L").length;
    expect(corners("spinenet-49", "bottleneck")).toBe(4);
    expect(corners("spinenet-49", "residual")).toBe(4);
    expect(corners("spinenet-mobile-49", "mbconv")).toBe(6);
    const diamond = draw("spinenet-49").querySelector(".block.residual .shape")?.getAttribute("d");
    expect(diamond).toMatch(/^M-[\d.]+,0L0,-/);
  });

  it("marks outputs and blocks that reach none", () => {
    expect(ids(draw("spinenet-49"), ".blocks .output")).toEqual(["12", "13", "14", "15", "16"]);
    const model = modelByName("spinenet-49");
    const blocks = model.backbone.blocks.map((block, position) =>
      position === 9 ? { ...block, kind: "residual" as const } : block,
    );
    const damaged = blockDiagram(descriptionOf({ ...model, backbone: { ...model.backbone, blocks } }));
    expect(ids(damaged, ".blocks .unused")).toEqual(["11"]);
    expect(damaged.textContent).toContain("reaches no output");
  });
});

describe("the block diagram for readers who do not see it", () => {
  it.each([false, true])("is one picture with a title and a description, compact or not", (compact) => {
    const svg = draw("spinenet-49", { compact, width: 600 });
    expect(svg.getAttribute("role")).toBe("img");
    expect(svg.querySelectorAll("[tabindex], [role=option]")).toHaveLength(0);
    const named = (svg.getAttribute("aria-labelledby") ?? "").split(" ");
    expect(named.map((id) => svg.querySelector(`[id="${id}"]`)?.textContent)).toEqual([
      "SpineNet-49: blocks and connections",
      "17 blocks in the order of computation, at levels L2, L2, L2, L4, L3, L4, L6, L4, L5, L7, L5, L5, L4, L3, L5, L7, L6. The head reads P3, P4, P5, P6, P7.",
    ]);
  });
});
