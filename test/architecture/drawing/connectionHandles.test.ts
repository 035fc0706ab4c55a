import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { blockUnder, handlesOf } from "../../../src/architecture/drawing/connectionHandles.js";
import type { Orientation } from "../../../src/architecture/drawing/diagram.js";
import { diagramOf } from "../../../src/architecture/drawing/diagramLayout.js";
import { type Frame, frameOf } from "../../../src/architecture/drawing/transition.js";
import { readNoMore } from "../../../src/architecture/edit/changeConnection.js";
import { isRefused } from "../../../src/architecture/edit/draft.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";

const spineNet = modelByName("spinenet-49");

function drawn(orientation: Orientation = "across", model = spineNet): Frame {
  const width = orientation === "across" ? 1120 : 350;
  return frameOf(diagramOf(descriptionOf(model), { width, orientation, compact: false, steady: true }));
}

function withOne(): typeof spineNet {
  const result = readNoMore(spineNet, 6, 1);
  if (isRefused(result)) throw new Error(result.refused);
  return result.model;
}

describe("handles of connections", () => {
  it("are one a connection, on its curve and nearer to the block that is read than to the reader", () => {
    for (const orientation of ["across", "down"] as const) {
      const frame = drawn(orientation);
      const handles = handlesOf(frame, 6, 2);
      expect(handles.map(({ place, parent }) => [place, parent])).toEqual([
        [0, 3],
        [1, 5],
      ]);
      const reader = frame.blocks[6]!;
      for (const { parent, x, y } of handles) {
        const read = frame.blocks[parent!]!;
        expect(Math.hypot(x - read.x, y - read.y)).toBeLessThan(Math.hypot(x - reader.x, y - reader.y));
        // Clear of the block that is read, so that both can be seen and taken.
        expect(blockUnder(frame, { x, y }, 0)).toBeNull();
      }
    }
  });

  it("have one beside the block for a place that is free", () => {
    const frame = drawn("across", withOne());
    const [, free] = handlesOf(frame, 6, 2);
    expect(free).toMatchObject({ place: 1, parent: null });
    const { x, y, width } = frame.blocks[6]!;
    // 13 pixels in front of the block's connection, on the side where the connection from below does not arrive.
    expect(free!.x).toBeCloseTo(x - width / 2 - 13, 2);
    expect(free!.y).not.toBe(y);
  });

  it("are none in the stem, and leave out what is added as it is", () => {
    expect(handlesOf(drawn(), 1, 0)).toEqual([]);
    // Block 14 reads 7 and 12; block 11, which nobody reads, is added to it.
    expect(handlesOf(drawn(), 14, 2).map(({ parent }) => parent)).toEqual([7, 12]);
  });
});

describe("the block under a point", () => {
  const frame = drawn();

  it("is the one whose box, a little widened, holds the point", () => {
    const { x, y, width } = frame.blocks[9]!;
    expect(blockUnder(frame, { x, y })).toBe(9);
    expect(blockUnder(frame, { x: x + width / 2 + 7, y })).toBe(9);
    expect(blockUnder(frame, { x: x + width / 2 + 9, y })).toBeNull();
  });

  it("is none or one that is near, anywhere", () => {
    fc.assert(
      fc.property(fc.nat(1120), fc.nat(360), (x, y) => {
        const id = blockUnder(frame, { x, y });
        const near = frame.blocks.filter(
          (block) =>
            Math.abs(block.x - x) <= block.width / 2 + 8 && Math.abs(block.y - y) <= block.height / 2 + 8,
        );
        expect(id === null).toBe(near.length === 0);
        if (id !== null) expect(near.map(({ block }) => block.id)).toContain(id);
      }),
    );
  });
});
