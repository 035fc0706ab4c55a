import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import {
  fieldSide,
  type ReceptiveField,
  receptiveFields,
  type Span,
  spanOfCell,
} from "../../../src/architecture/graph/receptiveField.js";
import type { Layer, Padding } from "../../../src/architecture/layers/layer.js";
import { LayerBuilder } from "../../../src/architecture/layers/layerBuilder.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { arbitraryModel } from "../arbitraryModel.js";

const fieldOf = (list: LayerBuilder, name: string): ReceptiveField => receptiveFields(list.layers).get(name)!;
const emptyList = () => new LayerBuilder(modelByName("resnet-50-fpn", { size: [64, 64] }));

describe("the receptive field", () => {
  it("of a convolution on the image is its window, from the padding before the first cell on", () => {
    const list = emptyList();
    list.convolution("seven", list.input(), 1, { kernelSize: 7, stride: 2 });
    // 'same' on 64: (32 − 1) · 2 + 7 − 64 = 5 zeros, 2 of them before.
    expect(fieldOf(list, "seven")).toEqual({ stride: 2, spans: [{ first: -2, last: 4 }] });
    expect(spanOfCell(fieldOf(list, "seven"), 3)).toEqual({ first: 4, last: 10 });
  });

  it("begins earlier where zeros lie on both sides alike", () => {
    const list = new LayerBuilder(modelByName("resnet-50-fpn", { size: [64, 64], padding: "symmetric" }));
    list.convolution("seven", list.input(), 1, { kernelSize: 7, stride: 2 });
    expect(fieldOf(list, "seven").spans).toEqual([{ first: -3, last: 3 }]);
  });

  it("grows by window less one, times the stride so far", () => {
    const list = emptyList();
    const seven = list.convolution("seven", list.input(), 1, { kernelSize: 7, stride: 2 });
    const pool = list.maxPool("pool", seven, 3, 2);
    list.convolution("three", pool, 1, { kernelSize: 3 });
    // 7, then 2 · 2 more, then 2 · 4 more.
    expect([7, 11, 19]).toEqual(["seven", "pool", "three"].map((name) => fieldSide(fieldOf(list, name))));
  });

  it("of a sum is the span that holds what all its inputs see", () => {
    const list = emptyList();
    const input = list.input();
    const wide = list.convolution("wide", input, 3, { kernelSize: 5 });
    list.add("sum", [input, wide]);
    expect(fieldOf(list, "sum").spans).toEqual([{ first: -2, last: 2 }]);
  });

  it("differs between cells that repeat one coarse cell, and is as large as the largest", () => {
    const list = emptyList();
    const fine = list.convolution("fine", list.input(), 3, { kernelSize: 3 });
    const coarse = list.convolution("coarse", fine, 3, { kernelSize: 3, stride: 2 });
    const repeated = list.resizeNearest("repeated", coarse, 64, 64);
    list.convolution("after", repeated, 3, { kernelSize: 3 });
    // Coarse cell i reads fine cells 2i … 2i + 2, so pixels 2i − 1 … 2i + 3; cells 2i and 2i + 1 repeat it.
    expect(fieldOf(list, "repeated")).toEqual({
      stride: 1,
      spans: [
        { first: -1, last: 3 },
        { first: -1, last: 3 },
      ],
    });
    // Cells −1, 0, 1 repeat coarse cells −1, 0, 0; cells 0, 1, 2 repeat 0, 0, 1.
    expect(fieldOf(list, "after").spans).toEqual([
      { first: -3, last: 3 },
      { first: -1, last: 5 },
    ]);
    expect(fieldSide(fieldOf(list, "after"))).toBe(7);
  });

  it("of ResNet-50's levels is what its 3×3 convolutions add up to", () => {
    const layers = layersOf(modelByName("resnet-50-fpn"));
    const fields = receptiveFields(layers);
    const last = (block: number) =>
      fieldSide(
        fields.get(layers.findLast(({ part }) => part.kind === "block" && part.block === block)!.name)!,
      );
    // Stem 7 + 2 · 2 = 11. Level 2: 3 blocks of 2 · 4. Level 3: its first convolution still has strides of 4.
    expect(last(2)).toBe(11 + 3 * 8);
    expect(last(6)).toBe(35 + 8 + 3 * 16);
    expect(last(12)).toBe(91 + 16 + 5 * 32);
    expect(last(15)).toBe(267 + 32 + 2 * 64);
  });

  it("is everything behind a pool over the whole map", () => {
    const list = emptyList();
    list.globalAveragePool("mean", list.input());
    expect(fieldSide(fieldOf(list, "mean"))).toBe(Number.POSITIVE_INFINITY);
    expect(spanWithin(spanOfCell(fieldOf(list, "mean"), 0), 64)).toEqual({ first: 0, last: 63 });
  });

  it("refuses a map that is enlarged by what is no whole number", () => {
    const list = emptyList();
    list.resizeNearest("odd", list.input(), 96, 96);
    expect(() => receptiveFields(list.layers)).toThrow(
      "The layer odd enlarges a map 1.5 times; receptive fields are known where that is a whole number.",
    );
  });

  it("on an image is where pixels can be traced from, one by one, in any network and at its edges", () => {
    fc.assert(
      fc.property(arbitraryModel, fc.constantFrom(0 as const, 1 as const), (model, axis) => {
        const layers = layersOf(model).filter(({ part }) => part.kind !== "head");
        const fields = receptiveFields(layers, axis);
        const side = model.inputSize[axis];
        for (const [name, cells] of tracedPixels(layers, axis)) {
          const field = fields.get(name)!;
          cells.forEach((pixels, cell) => {
            const span = spanOfCell(field, cell);
            // Beyond the edge the image is taken to go on, and cells there may see back into it.
            const [first, last] = [Math.min(...pixels), Math.max(...pixels)];
            if (span.first >= 0) expect(first, name).toBe(span.first);
            if (span.last < side) expect(last, name).toBe(span.last);
            const within = spanWithin(span, side);
            if (model.padding === "same") expect({ first, last }, name).toEqual(within);
            expect(within.first <= first && last <= within.last, name).toBe(true);
          });
        }
      }),
      { numRuns: 6 },
    );
  }, 60_000);
});

/** Of each layer's cells, the pixels they depend on, as sets: no strides, no spans, only what reads what. */
function tracedPixels(layers: readonly Layer[], axis: 0 | 1): Map<string, Set<number>[]> {
  const traced = new Map<string, Set<number>[]>();
  for (const layer of layers) {
    const side = layer.shape[axis]!;
    const inputs = layer.inputs.map((name) => traced.get(name)!);
    const cells = Array.from({ length: side }, (_, cell) => {
      const input = inputs[0];
      if (!input) return new Set([cell]);
      const read = cellsRead(layer, cell, side, input.length, axis);
      return new Set(inputs.flatMap((each) => read.flatMap((index) => [...(each[index] ?? [])])));
    });
    traced.set(layer.name, cells);
  }
  return traced;
}

function cellsRead(layer: Layer, cell: number, side: number, inputSide: number, axis: 0 | 1): number[] {
  const window = (size: number, stride: number, padding: Padding): number[] => {
    // Zeros make the last window fit; of an odd number, the first side has the fewer.
    const zeros = (side - 1) * stride + size - inputSide;
    const before = padding === "same" ? Math.max(0, Math.trunc(zeros / 2)) : padding[axis][0];
    return Array.from({ length: size }, (_, offset) => cell * stride + offset - before);
  };
  switch (layer.op) {
    case "conv":
    case "depthwiseConv":
      return window(layer.attributes.kernelSize, layer.attributes.stride, layer.attributes.padding);
    case "maxPool":
      return window(layer.attributes.size, layer.attributes.stride, "same");
    case "resizeNearest":
      return [Math.floor((cell * inputSide) / side)];
    default:
      return [cell];
  }
}

/** The part of a span that is on an image of so many pixels. */
function spanWithin({ first, last }: Span, side: number): Span {
  return { first: Math.max(first, 0), last: Math.min(last, side - 1) };
}
