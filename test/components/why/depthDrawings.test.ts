import "../../dom.js";
import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { depthOf } from "../../../src/architecture/graph/depthStages.js";
import { photographSize } from "../../../src/components/evaluate/averagePrecision/example.js";
import { depthPanel } from "../../../src/components/why/depthPanel.js";
import { depthTrack, trackPlaces } from "../../../src/components/why/depthTrack.js";
import { smallObjects } from "../../../src/components/why/depthWords.js";
import {
  harbourObjects,
  harbourPoint,
  isSmallerThanCell,
} from "../../../src/components/why/harbourObjects.js";
import { expectGolden } from "../../golden.js";

const resNet = depthOf(modelByName("resnet-50-fpn"));
const spineNet = depthOf(modelByName("spinenet-49"));
const panel = (depth: typeof resNet, place: number) =>
  depthPanel(depth, place, { width: 464, photograph: "harbour.webp" });

describe("the map over the photograph", () => {
  it("is drawn as it was for ResNet-50-FPN's first block at level 5", () => {
    expectGolden("depth-panel-resnet-50-fpn-14", panel(resNet, 14).outerHTML);
  });

  it("is drawn as it was for SpineNet-49's finest output", () => {
    expectGolden("depth-panel-spinenet-49-14", panel(spineNet, 14).outerHTML);
  });

  it("has a cell of the map on the boatman's face, and dark what that cannot see", () => {
    const svg = panel(resNet, 14);
    const cell = svg.querySelector(".cell")!;
    // 350.5 · 640 / 954 = 235.1, in cell 7 of 32 pixels, and a pixel of the input is 464 / 640 = 0.725 here.
    expect(cell.getAttribute("x")).toBe(String(Math.round(7 * 32 * 7.25) / 10));
    expect(cell.getAttribute("width")).toBe("23.2");
    expect(svg.querySelectorAll(".unseen")).toHaveLength(1);
  });

  it("dashes and numbers what is smaller than a cell, and nothing else", () => {
    const svg = panel(resNet, 14);
    expect([...svg.querySelectorAll(".number")].map(({ textContent }) => textContent)).toEqual([
      "7",
      "8",
      "9",
    ]);
    expect(svg.querySelectorAll("g.boxes > .too-small")).toHaveLength(3);
    expect(svg.querySelectorAll("g.boxes > .large-enough")).toHaveLength(6);
    expect(panel(spineNet, 14).querySelectorAll(".too-small")).toHaveLength(0);
  });
});

describe("objects of the photograph", () => {
  it("lie within it, the largest first, and the point looked at is on the boatman's face", () => {
    for (const { bbox } of harbourObjects) {
      const [x, y, width, height] = bbox;
      expect(
        x >= 0 && y >= 0 && x + width <= photographSize.width && y + height <= photographSize.height,
      ).toBe(true);
    }
    const face = harbourObjects.find(({ name }) => name === "the boatman’s face")!;
    const [x, y, width, height] = face.bbox;
    expect([harbourPoint.x, harbourPoint.y]).toEqual([x + width / 2, y + height / 2]);
  });

  it("are smaller than a cell only if both sides are shorter than its side", () => {
    const object = (width: number, height: number) => ({ name: "it", bbox: [0, 0, width, height] as const });
    // At 954 pixels a pixel of the input is one of the photograph.
    expect(isSmallerThanCell(object(31, 31), 32, 954)).toBe(true);
    expect(isSmallerThanCell(object(32, 31), 32, 954)).toBe(false);
    expect(isSmallerThanCell(object(5, 32), 32, 954)).toBe(false);
    // At half as many, it is as long as two.
    expect(isSmallerThanCell(object(63, 63), 32, 477)).toBe(true);
  });

  it("are never fewer for a coarser map", () => {
    const counts = new Map(resNet.stages.map((stage) => [stage.level, smallObjects(stage, resNet).length]));
    // Cells of 6, 12, 24, 48, 95 and 191 pixels of the photograph.
    expect([2, 3, 4, 5, 6, 7].map((level) => counts.get(level as 2))).toEqual([0, 0, 2, 3, 4, 6]);
  });
});

describe("the track along depth", () => {
  const track = depthTrack([resNet, spineNet], { width: 960, place: 14 });

  it("is drawn as it was", () => {
    expectGolden("depth-track", track.outerHTML);
  });

  it("has a stage for each map, and a ring for each that the head reads", () => {
    expect(track.querySelectorAll('[data-network="0"]')).toHaveLength(22);
    expect(track.querySelectorAll('[data-network="1"]')).toHaveLength(18);
    expect(track.querySelectorAll(".read")).toHaveLength(10);
  });

  it("has the coarsest level at the top and the finest at the bottom, as the block diagrams do", () => {
    const names = [...track.querySelectorAll<SVGTextElement>(".level")].slice(0, 6);
    const places = names.map((name) => [name.textContent, Number(name.getAttribute("y"))]);
    // Below 20 pixels of title, strips of 12: the middle of the first is at 26.
    expect(places.toSorted(([, a], [, b]) => Number(a) - Number(b))).toEqual([
      ["L7", 26],
      ["L6", 38],
      ["L5", 50],
      ["L4", 62],
      ["L3", 74],
      ["L2", 86],
    ]);
  });

  it("tells readers of screens each level in order", () => {
    expect(track.getAttribute("aria-label")).toContain(
      "SpineNet-49: Stem level 2, Block 0 level 2, Block 1 level 2, Block 2 level 2, Block 3 level 4, Block 4 level 3,",
    );
  });

  it("keeps all stages on a phone", () => {
    const { gutter, pace, stages } = trackPlaces([resNet, spineNet], 342);
    expect(stages).toBe(22);
    expect(gutter + pace * stages).toBeLessThanOrEqual(342);
    expect(pace).toBeGreaterThan(12);
  });
});
