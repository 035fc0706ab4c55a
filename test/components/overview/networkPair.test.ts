import "../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { networkPair } from "../../../src/components/overview/networkPair.js";
import { expectGolden } from "../../golden.js";

const networks = [
  { description: descriptionOf(modelByName("resnet-50-fpn")), says: "only coarsens." },
  { description: descriptionOf(modelByName("spinenet-49")), says: "goes both ways." },
] as const;

const drawings = (width: number): SVGSVGElement[] => [
  ...networkPair(networks, { width }).querySelectorAll("svg"),
];

describe("the pair of networks", () => {
  it("stands side by side where there is room, else one above the other", () => {
    // (960 − 32) / 2 = 464.
    expect(drawings(960).map((svg) => svg.getAttribute("width"))).toEqual(["464", "464"]);
    expect(drawings(350).map((svg) => svg.getAttribute("width"))).toEqual(["350", "350"]);
  });

  it("is equally high on both sides, so that a level is at the same height in both", () => {
    // Six strips, L2 to L7, of 42 pixels, and a pixel above and below.
    expect(drawings(960).map((svg) => svg.getAttribute("height"))).toEqual(["254", "254"]);
    // 6 · 26 + 2
    expect(drawings(350).map((svg) => svg.getAttribute("height"))).toEqual(["158", "158"]);
  });

  it("says what each does and costs, and has nothing to reach by keyboard", () => {
    const pair = networkPair(networks);
    expect([...pair.querySelectorAll("p")].map(({ textContent }) => textContent)).toEqual([
      "ResNet-50-FPN only coarsens. 34.1\u00a0M parameters, 96.9\u00a0B multiply-adds.",
      "SpineNet-49 goes both ways. 28.5\u00a0M parameters, 85.3\u00a0B multiply-adds.",
    ]);
    expect(pair.querySelectorAll("[tabindex]")).toHaveLength(0);
  });

  it("tells of each block, part and connection at which stage it is computed", () => {
    const [, spineNet] = drawings(960);
    const stages = (selector: string): string[] =>
      [...spineNet!.querySelectorAll<SVGElement>(selector)].map((one) =>
        one.style.getPropertyValue("--step"),
      );
    expect(stages(".block")).toEqual(Array.from({ length: 17 }, (_, id) => String(id + 1)));
    // Blocks 8 and 9 lead to block 10, which is there at stage 11.
    expect(stages('.edge[data-to="10"]')).toEqual(["11", "11"]);
    expect(stages(".block, .part, .edge").filter((stage) => stage === "")).toEqual([]);
  });

  it("draws each as its golden file does, at rest", () => {
    const [resNet, spineNet] = drawings(960);
    expectGolden("network-pair-resnet-50-fpn", resNet!.outerHTML);
    expectGolden("network-pair-spinenet-49", spineNet!.outerHTML);
  });
});
