import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edgeAlternatives } from "../../../src/architecture/costs/connectionAlternatives.js";
import { edgeStepsOf } from "../../../src/architecture/costs/connectionSteps.js";
import { sumOfCosts } from "../../../src/architecture/costs/costs.js";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/named.js";
import { sampleArchitecture } from "../../../src/architecture/search/sampleArchitecture.js";

const model = modelByName("spinenet-49");
const { connections } = descriptionOf(model);
const between = (from: number, to: number) =>
  connections.find((connection) => connection.from === from && connection.to === to)!;

describe("the steps of a connection", () => {
  it("of 5 to 15, from level 4 to 7: squeezed to 128 channels, strided, pooled twice, widened", () => {
    const steps = edgeStepsOf(model, between(5, 15));
    expect(steps.map(({ op, window, stride, input, output }) => [op, window, stride, input, output])).toEqual(
      [
        ["conv", 1, 1, [40, 40, 1024], [40, 40, 128]],
        ["conv", 3, 2, [40, 40, 128], [20, 20, 128]],
        ["maxPool", 3, 2, [20, 20, 128], [10, 10, 128]],
        ["maxPool", 3, 2, [10, 10, 128], [5, 5, 128]],
        ["conv", 1, 1, [5, 5, 128], [5, 5, 1024]],
      ],
    );
    // 1024 · 128 + 2 · 128, 9 · 128² + 2 · 128, none, none, 128 · 1024 + 2 · 1024
    expect(steps.map(({ parameters }) => parameters.trainable)).toEqual([131_328, 147_712, 0, 0, 133_120]);
    // 1,600 · 131,072; 400 · 147,456; none; none; 25 · 131,072
    expect(steps.map(({ multiplyAdds }) => multiplyAdds)).toEqual([209_715_200, 58_982_400, 0, 0, 3_276_800]);
    expect(steps.map(({ norm, activation }) => [norm, activation])).toEqual([
      [true, true],
      [true, true],
      [false, false],
      [false, false],
      [true, false],
    ]);
  });

  it("repeats cells on the way up, and does nothing in between at one size", () => {
    expect(edgeStepsOf(model, between(9, 10)).map(({ op, output }) => [op, output])).toEqual([
      ["conv", [5, 5, 128]],
      ["resizeNearest", [20, 20, 128]],
      ["conv", [20, 20, 1024]],
    ]);
    expect(edgeStepsOf(model, between(0, 2)).map(({ output }) => output)).toEqual([
      [160, 160, 32],
      [160, 160, 256],
    ]);
  });

  it("is none where a map passes as it is", () => {
    expect(edgeStepsOf(model, between(0, 1))).toEqual([]);
    expect(edgeStepsOf(model, between(11, 14))).toEqual([]);
  });

  it("cost together what the connection costs, in every published and any sampled network", () => {
    const holds = (network: typeof model) => {
      for (const connection of descriptionOf(network).connections) {
        const steps = edgeStepsOf(network, connection);
        const { parameters, multiplyAdds } = connection;
        expect(sumOfCosts(steps)).toEqual({ parameters, multiplyAdds });
        expect(steps).toHaveLength(connection.steps.length);
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

  it("says of a connection that is not there what would be right", () => {
    expect(() => edgeStepsOf(model, { ...between(5, 15), from: 6 })).toThrow(
      "block 15 does not read block 6; name a connection that is there",
    );
  });
});

describe("the alternatives to a connection", () => {
  it("are one 3×3 convolution over the whole ratio, and the same steps at full width", () => {
    const { oneConvolution, fullWidth } = edgeAlternatives(edgeStepsOf(model, between(5, 15)));
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
      const { fullWidth } = edgeAlternatives(edgeStepsOf(model, between(from, to)));
      expect(fullWidth).toEqual({ parameters: wide.parameters, multiplyAdds: wide.multiplyAdds });
    }
  });

  it("are free where nothing is done", () => {
    const free = { parameters: { trainable: 0, total: 0 }, multiplyAdds: 0 };
    expect(edgeAlternatives([])).toEqual({ oneConvolution: free, fullWidth: free });
  });
});
