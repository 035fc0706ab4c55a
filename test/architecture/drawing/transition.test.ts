import "../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import type { DiagramOptions } from "../../../src/architecture/drawing/diagram.js";
import { diagramOf, placeAt } from "../../../src/architecture/drawing/diagramLayout.js";
import { type Frame, frameOf, transition } from "../../../src/architecture/drawing/transition.js";
import { type PresetName, presetByName } from "../../../src/architecture/families/presets.js";
import { matchBlocks } from "../../../src/architecture/graph/blockMatching.js";

const steady: DiagramOptions = { width: 960, orientation: "across", compact: false, steady: true };

function frames(from: PresetName, to: PresetName): [Frame, Frame] {
  const [one, other] = [descriptionOf(presetByName(from)), descriptionOf(presetByName(to))];
  const keys = matchBlocks(one.blocks, other.blocks).map((partner, id) => String(partner ?? `new ${id}`));
  return [frameOf(diagramOf(one, steady)), frameOf(diagramOf(other, steady), keys)];
}

describe("a transition", () => {
  it("begins at the first frame and ends at the second", () => {
    const [from, to] = frames("r0-sp53", "spinenet-49");
    const at = transition(from, to);
    expect(at(0)).toBe(from);
    expect(at(1)).toBe(to);
  });

  it("holds what both have halfway, and what one has at half its strength", () => {
    const [from, to] = frames("resnet-50-fpn", "spinenet-49");
    const half = transition(from, to)(0.5);
    for (const block of half.blocks) {
      const [a, b] = [from, to].map(({ blocks }) => blocks.find(({ key }) => key === block.key));
      if (a && b) {
        expect(block.x).toBeCloseTo((a.x + b.x) / 2, 1);
        expect(block.opacity).toBe(1);
      } else expect(block.opacity).toBe(0.5);
    }
    // ResNet-50 has sixteen blocks, SpineNet-49 one more: seventeen actors in all.
    expect(half.blocks).toHaveLength(17);
    // Parts are known by name: the head reads P3 to P7 in both, whatever makes them.
    expect(half.parts.every(({ opacity }) => opacity === 1)).toBe(true);
    const gone = half.connections.filter(({ key }) => key === "P4>P3");
    expect(gone).toHaveLength(1);
    expect(gone[0]?.opacity).toBe(0.5);
  });

  it("keeps a connection that fades at the blocks that it joins", () => {
    const [from, to] = frames("resnet-50-fpn", "spinenet-49");
    const { blocks, connections } = transition(from, to)(0.3);
    const at = new Map(blocks.map((block) => [block.key, block]));
    const fading = connections.filter(({ opacity, ends }) => opacity < 1 && ends.every((end) => at.has(end)));
    expect(fading.length).toBeGreaterThan(20);
    for (const { ends, curve } of fading) {
      const [start, end] = [at.get(ends[0])!, at.get(ends[1])!];
      // An outline reaches no further from its centre than a diamond's corner, 1.12 of half a block.
      expect(Math.abs(curve[0].x - start.x)).toBeLessThanOrEqual(0.56 * start.width + 0.02);
      expect(Math.abs(curve[3].x - end.x)).toBeLessThanOrEqual(0.56 * end.width + 0.02);
    }
  });

  it("turns a bottleneck's corners to a residual block's", () => {
    const [from, to] = frames("r0-sp53", "spinenet-49");
    const residual = transition(
      from,
      to,
    )(0.5).blocks.find(
      ({ block, key }) => block.kind === "residual" && from.blocks.some((other) => other.key === key),
    )!;
    const ends = [from, to].map(({ blocks }) => blocks.find(({ key }) => key === residual.key)!.outline[0]!);
    expect(residual.outline[0]?.x).toBeCloseTo((ends[0]!.x + ends[1]!.x) / 2, 1);
  });

  it("can set out from halfway of another one", () => {
    const [from, to] = frames("r0-sp53", "spinenet-49");
    const half = transition(from, to)(0.5);
    expect(transition(half, from)(0.999).blocks[5]?.x).toBeCloseTo(from.blocks[5]!.x, 0);
  });
});

describe("a steady drawing", () => {
  it.each(["across", "down"] as const)(
    "has one size for all networks of some twenty blocks, %s",
    (orientation) => {
      const names = [
        "resnet-50-fpn",
        "r23-sp30",
        "r0-sp53",
        "spinenet-49",
        "spinenet-190",
        "spinenet-mobile-49",
      ] as const;
      const sizes = names.map((name) => {
        const { width, height } = diagramOf(descriptionOf(presetByName(name)), {
          ...steady,
          width: 360,
          orientation,
        });
        return `${Math.round(width)}×${Math.round(height)}`;
      });
      // Across: two pixels around six strips of 60. Down: 40 before, 34 and 40 for stem and endpoints, 748 of blocks.
      expect(new Set(sizes)).toEqual(new Set([orientation === "across" ? "360×362" : "360×862"]));
    },
  );

  it("draws plain curves, and blocks where it is told", () => {
    const description = descriptionOf(presetByName("spinenet-49"));
    const centres = new Map([[5, { x: 333, y: 44 }]]);
    const { blocks, connections } = diagramOf(description, { ...steady, routes: "plain", centres });
    expect(blocks[5]).toMatchObject({ x: 333, y: 44 });
    const [start] = connections.find(({ from, to }) => from === 5 && to === 15)!.curve;
    expect(Math.abs(start.x - 333)).toBeLessThan(20);
  });
});

describe("the place of a point", () => {
  it.each(["across", "down"] as const)("is that of the block drawn there, %s", (orientation) => {
    const diagram = diagramOf(descriptionOf(presetByName("spinenet-49")), { ...steady, orientation });
    for (const { block, x, y } of diagram.blocks) {
      expect(placeAt(diagram, { x: x + 3, y: y - 3 })).toEqual({ index: block.id, level: block.level });
    }
  });

  it("is an end's where the point is beyond it", () => {
    const diagram = diagramOf(descriptionOf(presetByName("spinenet-49")), steady);
    expect(placeAt(diagram, { x: 5000, y: -100 })).toEqual({ index: 16, level: 7 });
    expect(placeAt(diagram, { x: -5, y: 5000 })).toEqual({ index: 0, level: 2 });
  });
});
