import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { overlap, placeLabels } from "../../../src/components/charts/placeLabels.js";

const frame = { left: 0, top: 0, right: 300, bottom: 200 };

describe("placeLabels(points, options)", () => {
  it("puts a lone label to the right of its point", () => {
    // Clearance 6 and 2 more: x = 50 + 8. Width: 4 letters × 10 × 0.56 = 22.4; half the height: 10 × 0.6 = 6.
    const [label] = placeLabels([{ x: 50, y: 50, text: "R101" }], { frame, fontSize: 10 });
    expect(label).toMatchObject({ x: 58, y: 50, anchor: "start" });
    expect(label!.box.left).toBe(58);
    expect(label!.box.right).toBeCloseTo(80.4, 10);
    expect([label!.box.top, label!.box.bottom]).toEqual([44, 56]);
  });

  it("turns to the left where the frame ends", () => {
    const [label] = placeLabels([{ x: 290, y: 50, text: "R101" }], { frame, fontSize: 10 });
    expect(label).toMatchObject({ x: 282, anchor: "end" });
  });

  it("keeps off a line if another place is free", () => {
    const line = [
      [50, 50],
      [120, 50],
    ] as const;
    const [label] = placeLabels([{ x: 50, y: 50, text: "R101" }], { frame, fontSize: 10, lines: [line] });
    expect(label).toMatchObject({ x: 42, anchor: "end" });
  });

  it("leaves a label out rather than let it collide", () => {
    const tight = { left: 40, top: 40, right: 60, bottom: 60 };
    expect(placeLabels([{ x: 50, y: 50, text: "R101" }], { frame: tight, fontSize: 10 })).toEqual([null]);
  });

  it("never lets two labels overlap, nor a label leave the frame", () => {
    const point = fc.record({
      x: fc.integer({ min: 0, max: 300 }),
      y: fc.integer({ min: 0, max: 200 }),
      text: fc.string({ minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 25 }), (points) => {
        const boxes = placeLabels(points, { frame, fontSize: 12 }).flatMap((label) => label?.box ?? []);
        boxes.forEach((box, index) => {
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.right).toBeLessThanOrEqual(300);
          for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
        });
      }),
    );
  });
});
