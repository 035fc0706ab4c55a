import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectionAlternatives } from "../../../src/architecture/costs/connectionAlternatives.js";
import { sumOfCosts } from "../../../src/architecture/costs/costs.js";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { sampleArchitecture } from "../../../src/architecture/search/sampleArchitecture.js";

const model = modelByName("spinenet-49");
const { connections } = descriptionOf(model);
const between = (from: number, to: number) =>
  connections.find((connection) => connection.from === from && connection.to === to)!;

describe("the operations of a connection", () => {
  it("of 5 to 15, from level 4 to 7: squeezed to 128 channels, strided, pooled twice, widened", () => {
    const operations = between(5, 15).operations;
    expect(
      operations.map(({ op, window, stride, input, output }) => [op, window, stride, input, output]),
    ).toEqual([
      ["conv", 1, 1, [40, 40, 1024], [40, 40, 128]],
      ["conv", 3, 2, [40, 40, 128], [20, 20, 128]],
      ["maxPool", 3, 2, [20, 20, 128], [10, 10, 128]],
      ["maxPool", 3, 2, [10, 10, 128], [5, 5, 128]],
      ["conv", 1, 1, [5, 5, 128], [5, 5, 1024]],
    ]);
    // 1024 · 128 + 2 · 128, 9 · 128² + 2 · 128, none, none, 128 · 1024 + 2 · 1024
    expect(operations.map(({ parameters }) => parameters.trainable)).toEqual([
      131_328, 147_712, 0, 0, 133_120,
    ]);
    // 1,600 · 131,072; 400 · 147,456; none; none; 25 · 131,072
    expect(operations.map(({ multiplyAdds }) => multiplyAdds)).toEqual([
      209_715_200, 58_982_400, 0, 0, 3_276_800,
    ]);
    expect(operations.map(({ norm, activation }) => [norm, activation])).toEqual([
      [true, true],
      [true, true],
      [false, false],
      [false, false],
      [true, false],
    ]);
  });

  it("repeats cells on the way up, and does nothing in between at one size", () => {
    expect(between(9, 10).operations.map(({ op, output }) => [op, output])).toEqual([
      ["conv", [5, 5, 128]],
      ["resizeNearest", [20, 20, 128]],
      ["conv", [20, 20, 1024]],
    ]);
    expect(between(0, 2).operations.map(({ output }) => output)).toEqual([
      [160, 160, 32],
      [160, 160, 256],
    ]);
  });

  it("is none where a map passes as it is", () => {
    expect(between(0, 1).operations).toEqual([]);
    expect(between(11, 14).operations).toEqual([]);
  });

  it("cost together what the connection costs, in every published and any sampled network", () => {
    const holds = (network: typeof model) => {
      for (const connection of descriptionOf(network).connections) {
        const operations = connection.operations;
        const { parameters, multiplyAdds } = connection;
        expect(sumOfCosts(operations)).toEqual({ parameters, multiplyAdds });
      }
    };
    for (const name of ["spinenet-49s", "spinenet-143", "r0-sp53", "spinenet-mobile-49"] as const) {
      holds(modelByName(name));
    }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (number) => holds(sampleArchitecture(7, number))),
      { numRuns: 5 },
    );
  });
});

describe("the alternatives to a connection", () => {
  it("are one 3×3 convolution over the whole ratio, and the same operations at full width", () => {
    const { oneConvolution, fullWidth } = connectionAlternatives(between(5, 15).operations);
    // 9 · 1024² = 9,437,184, and batch norm's 2 or 4 values for each of 1024 channels; at 5 · 5 cells
    expect(oneConvolution).toEqual({
      parameters: { trainable: 9_439_232, total: 9_441_280 },
      multiplyAdds: 235_929_600,
    });
    // 1024² · (1,600 + 9 · 400 + 25)
    expect(fullWidth.multiplyAdds).toBe(5_478_809_600);
  });

  it("at full width cost what a network of the α that leads there would pay", () => {
    // α scales C, and a bottleneck gives out 4C: α = 4 squeezes nothing. Block 3 is a residual block: α = 1.
    for (const [alpha, from, to] of [
      [4, 5, 15],
      [4, 2, 4],
      [4, 5, 7],
      [4, 10, 13],
      [1, 3, 4],
      [1, 3, 6],
    ] as const) {
      const wide = descriptionOf(modelByName("spinenet-49", { alpha })).connections.find(
        (connection) => connection.from === from && connection.to === to,
      )!;
      const { fullWidth } = connectionAlternatives(between(from, to).operations);
      expect(fullWidth).toEqual({ parameters: wide.parameters, multiplyAdds: wide.multiplyAdds });
    }
  });

  it("are free where nothing is done", () => {
    const free = { parameters: { trainable: 0, total: 0 }, multiplyAdds: 0 };
    expect(connectionAlternatives([])).toEqual({ oneConvolution: free, fullWidth: free });
  });
});
