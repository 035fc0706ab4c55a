import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import type { Diagram, DiagramOptions } from "../../../src/architecture/drawing/diagram.js";
import { diagramOf } from "../../../src/architecture/drawing/diagramLayout.js";
import { modelByName, modelNames } from "../../../src/architecture/families/modelByName.js";
import { arbitraryModel } from "../arbitraryModel.js";

const across: DiagramOptions = { width: 960, orientation: "across", compact: false };
const down: DiagramOptions = { width: 350, orientation: "down", compact: false };

function expectInside({ width, height, blocks, parts, connections, levels }: Diagram): void {
  for (const { x, y, ...box } of [...blocks, ...parts, ...levels.map(({ strip }) => strip)]) {
    expect(x - box.width / 2).toBeGreaterThanOrEqual(-0.01);
    expect(x + box.width / 2).toBeLessThanOrEqual(width + 0.01);
    expect(y - box.height / 2).toBeGreaterThanOrEqual(-0.01);
    expect(y + box.height / 2).toBeLessThanOrEqual(height + 0.01);
  }
  for (const { x, y } of connections.flatMap(({ curve }) => curve)) {
    expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
  }
}

describe("diagramOf", () => {
  it.each(modelNames)("draws %s across and down, all of it inside", (name) => {
    const description = descriptionOf(modelByName(name));
    for (const options of [across, down, { ...across, width: 340, compact: true }]) {
      const diagram = diagramOf(description, options);
      expectInside(diagram);
      expect(diagram.width).toBeCloseTo(options.width, 1);
      expect(diagram.blocks).toHaveLength(description.blocks.length);
    }
  });

  it("draws any valid network", () => {
    fc.assert(
      fc.property(arbitraryModel, fc.constantFrom(across, down), (model, options) => {
        expectInside(diagramOf(descriptionOf(model), options));
      }),
      { numRuns: 25 },
    );
  });

  it("puts order to the right and coarse levels above, or order downward and coarse levels to the right", () => {
    const description = descriptionOf(modelByName("spinenet-49"));
    const wide = diagramOf(description, across).blocks;
    const narrow = diagramOf(description, down).blocks;
    for (let id = 1; id < wide.length; id++) {
      expect(wide[id]!.x).toBeGreaterThan(wide[id - 1]!.x);
      expect(narrow[id]!.y).toBeGreaterThan(narrow[id - 1]!.y);
    }
    // Block 9 is at level 7, block 2 at level 2.
    expect(wide[9]!.y).toBeLessThan(wide[2]!.y);
    expect(narrow[9]!.x).toBeGreaterThan(narrow[2]!.x);
  });

  it("keeps connections off all blocks but their own two in SpineNet-49", () => {
    const { blocks, connections } = diagramOf(descriptionOf(modelByName("spinenet-49")), across);
    for (const { from, to, curve } of connections) {
      for (let step = 0; step <= 40; step++) {
        const at = step / 40;
        const weights = [(1 - at) ** 3, 3 * (1 - at) ** 2 * at, 3 * (1 - at) * at ** 2, at ** 3];
        const x = curve.reduce((sum, point, index) => sum + weights[index]! * point.x, 0);
        const y = curve.reduce((sum, point, index) => sum + weights[index]! * point.y, 0);
        const hit = blocks.filter(
          ({ block, ...box }) =>
            block.id !== from &&
            block.id !== to &&
            Math.abs(x - box.x) < box.width / 2 &&
            Math.abs(y - box.y) < box.height / 2,
        );
        expect(hit.map(({ block }) => `${from}→${to} under ${block.id}`)).toEqual([]);
      }
    }
  });

  it("says on each connection what becomes of the size", () => {
    const { connections } = diagramOf(descriptionOf(modelByName("spinenet-49")), across);
    const label = (from: number | string, to: number | string): string | undefined =>
      connections.find((connection) => connection.from === from && connection.to === to)?.label;
    expect([label(5, 15), label(9, 10), label(3, 7), label(11, 14), label(0, 1), label("stem", 0)]).toEqual([
      "÷8",
      "×4",
      "=",
      "+",
      "",
      "",
    ]);
  });

  it("draws the feature pyramid beside ResNet, with laterals and arrows down and up", () => {
    const { connections, parts } = diagramOf(descriptionOf(modelByName("resnet-50-fpn")), across);
    expect(parts.map(({ name }) => name)).toEqual(["stem", "P3", "P4", "P5", "P6", "P7"]);
    const drawn = connections
      .filter(({ to }) => typeof to === "string")
      .map(({ from, to }) => `${from}→${to}`);
    expect(drawn).toEqual(["6→P3", "P4→P3", "12→P4", "P5→P4", "15→P5", "P5→P6", "P6→P7"]);
  });

  it("draws a classifier without a pyramid", () => {
    const model = modelByName("resnet-50-fpn", { head: "classifier", size: 224 });
    expect(diagramOf(descriptionOf(model), across).parts.map(({ name }) => name)).toEqual(["stem"]);
  });

  it("rounds to hundredths of a pixel", () => {
    const { connections, blocks } = diagramOf(descriptionOf(modelByName("r0-sp53")), {
      ...across,
      width: 777,
    });
    const numbers = [...blocks, ...connections.flatMap(({ curve }) => curve)].flatMap(({ x, y }) => [x, y]);
    for (const number of numbers)
      expect(Math.abs(number * 100 - Math.round(number * 100))).toBeLessThan(1e-6);
  });
});
