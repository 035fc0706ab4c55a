import "../dom.js";
import { expect, describe as group, it } from "vitest";
import { describe } from "../../src/architecture/describe.js";
import { modelByName } from "../../src/architecture/families/named.js";
import { networkPair } from "../../src/components/networkPair.js";

const descriptions = [describe(modelByName("resnet-50-fpn")), describe(modelByName("spinenet-49"))] as const;

group("the pair of networks", () => {
  it("stands side by side where there is room, else one above the other", () => {
    const widths = (width: number): (string | null)[] =>
      [...networkPair(descriptions, { width }).querySelectorAll("svg")].map((svg) =>
        svg.getAttribute("width"),
      );
    // (960 − 32) / 2 = 464.
    expect(widths(960)).toEqual(["464", "464"]);
    expect(widths(350)).toEqual(["350", "350"]);
  });

  it("names both with what they cost, and has nothing to reach by keyboard", () => {
    const pair = networkPair(descriptions);
    expect([...pair.querySelectorAll("p")].map(({ textContent }) => textContent)).toEqual([
      "ResNet-50-FPN 34.1\u00a0M parameters, 96.9\u00a0B multiply-adds at 640×640 px",
      "SpineNet-49 28.5\u00a0M parameters, 85.3\u00a0B multiply-adds at 640×640 px",
    ]);
    expect(pair.querySelectorAll("[tabindex]")).toHaveLength(0);
  });
});
