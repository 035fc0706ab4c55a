import { routine } from "../assembler/assemble.js";
import { type Code, f32x4, i32, repeat, sequence, when, whileLoop } from "../assembler/instructions.js";
import { countDown } from "./lanes.js";
import type { MultiplyAdd } from "./multiplyAdd.js";

/**
 * Pixels that one pass over the depth computes, for two vectors of channels at most: 8 sums, 2 vectors of weights and
 * 4 values of the input are what 15 vector registers hold, as V8 has a block's loads before its arithmetic.
 */
export const tilePixels = 4;
/** Channels per panel of the packed filter, except for the remainder at the end. */
export const panelChannels = 8;
const floatBytes = 4;
const vectorBytes = 16;
const unrolled = 4;

/**
 * A convolution as a matrix product: of each pixel's window, which is `runs` runs of `runFloats` floats at a distance
 * of `runStep` bytes, and a packed filter (routines/packFilter.ts). `sources` and `targets` are the addresses of, for
 * each pixel, the address of its window and that of its result; `tiles` counts them in {@link tilePixels}. `bias`
 * holds `columns` floats and up to three more.
 */
export const convolution = (multiplyAdd: MultiplyAdd) =>
  routine(
    "convolution",
    [
      ...(["sources", "targets", "tiles", "runs", "runFloats", "runStep"] as const),
      ...(["filter", "bias", "columns"] as const),
    ],
    (parameter, writer) => {
      const [column, columnByte, tilesLeft] = [writer.integer(), writer.integer(), writer.integer()];
      const [source, target, place] = [writer.integer(), writer.integer(), writer.integer()];
      const [panel, runPanel, weights] = [writer.integer(), writer.integer(), writer.integer()];
      const [runsLeft, runOffset, floatsLeft] = [writer.integer(), writer.integer(), writer.integer()];
      const pointers = Array.from({ length: tilePixels }, () => writer.integer());
      const value = writer.vector();
      const factors = [writer.vector(), writer.vector()];
      const sums = Array.from({ length: tilePixels * factors.length }, () => writer.vector());
      const sumOf = (pixel: number, vector: number) => sums[pixel * factors.length + vector]!;

      const depthStep = (vectors: number, step: number): Code =>
        sequence(
          ...upTo(vectors, (vector) =>
            factors[vector]!.set(f32x4.load(weights.get, (step * vectors + vector) * vectorBytes)),
          ),
          ...pointers.map((pointer, pixel) =>
            sequence(
              value.set(f32x4.loadSplat(pointer.get, step * floatBytes)),
              ...upTo(vectors, (vector) => {
                const sum = sumOf(pixel, vector);
                return sum.set(multiplyAdd(value.get, factors[vector]!.get, sum.get));
              }),
            ),
          ),
        );

      // An exit after each step keeps V8 from delaying the sums of several steps, for which there are not enough registers.
      const run = (vectors: number): Code =>
        sequence(
          weights.set(runPanel.get),
          floatsLeft.set(parameter.runFloats.get),
          ...pointers.map((pointer, pixel) =>
            pointer.set(i32.add(i32.load(source.get, pixel * floatBytes), runOffset.get)),
          ),
          repeat((leave) =>
            sequence(
              ...upTo(unrolled - 1, (step) =>
                sequence(
                  depthStep(vectors, step),
                  leave(i32.lessOrEqual(floatsLeft.get, i32.constant(step + 1))),
                ),
              ),
              depthStep(vectors, unrolled - 1),
              floatsLeft.set(i32.subtract(floatsLeft.get, i32.constant(unrolled))),
              leave(i32.lessOrEqual(floatsLeft.get, i32.constant(0))),
              weights.set(i32.add(weights.get, i32.constant(unrolled * vectors * vectorBytes))),
              ...pointers.map((pointer) =>
                pointer.set(i32.add(pointer.get, i32.constant(unrolled * floatBytes))),
              ),
            ),
          ),
          runOffset.set(i32.add(runOffset.get, parameter.runStep.get)),
          runPanel.set(
            i32.add(runPanel.get, i32.multiply(parameter.runFloats.get, i32.constant(vectors * vectorBytes))),
          ),
        );

      const tile = (vectors: number, store: (pixel: number, vector: number) => Code): Code =>
        sequence(
          ...upTo(vectors, (vector) =>
            factors[vector]!.set(
              f32x4.load(i32.add(parameter.bias.get, columnByte.get), vector * vectorBytes),
            ),
          ),
          ...upTo(tilePixels, (pixel) =>
            sequence(...upTo(vectors, (vector) => sumOf(pixel, vector).set(factors[vector]!.get))),
          ),
          runOffset.set(i32.constant(0)),
          runPanel.set(panel.get),
          runsLeft.set(parameter.runs.get),
          countDown(runsLeft, run(vectors)),
          ...upTo(tilePixels, (pixel) =>
            sequence(
              place.set(i32.add(i32.load(target.get, pixel * floatBytes), columnByte.get)),
              ...upTo(vectors, (vector) => store(pixel, vector)),
            ),
          ),
          source.set(i32.add(source.get, i32.constant(tilePixels * floatBytes))),
          target.set(i32.add(target.get, i32.constant(tilePixels * floatBytes))),
        );

      const overPanel = (vectors: number, store: (pixel: number, vector: number) => Code): Code =>
        sequence(
          columnByte.set(i32.shiftLeft(column.get, i32.constant(2))),
          source.set(parameter.sources.get),
          target.set(parameter.targets.get),
          tilesLeft.set(parameter.tiles.get),
          countDown(tilesLeft, tile(vectors, store)),
          // The last tile has read the panel to its end.
          panel.set(runPanel.get),
          column.set(i32.add(column.get, i32.constant(vectors * 4))),
        );
      const left = i32.subtract(parameter.columns.get, column.get);
      const whole = (pixel: number, vector: number): Code =>
        f32x4.store(place.get, sumOf(pixel, vector).get, vector * vectorBytes);
      const ofLeft = (pixel: number, vector: number): Code =>
        sequence(
          ...upTo(3, (lane) =>
            when(
              i32.lessThan(i32.constant(lane), left),
              f32x4.storeLane(place.get, sumOf(pixel, vector).get, lane, lane * floatBytes),
            ),
          ),
        );
      return sequence(
        column.set(i32.constant(0)),
        panel.set(parameter.filter.get),
        whileLoop(i32.lessOrEqual(i32.constant(panelChannels), left), overPanel(2, whole)),
        when(i32.lessOrEqual(i32.constant(4), left), overPanel(1, whole)),
        when(i32.lessThan(i32.constant(0), left), overPanel(1, ofLeft)),
      );
    },
  );

function upTo(count: number, code: (index: number) => Code): Code[] {
  return Array.from({ length: count }, (_, index) => code(index));
}
