import { type Local, routine } from "../assembler/assemble.js";
import { type Code, f32x4, i32, sequence, whileLoop } from "../assembler/instructions.js";
import { advance } from "./lanes.js";
import type { MultiplyAdd } from "./multiplyAdd.js";

/** How many rows and columns of the product one pass over the pixels keeps in registers. */
interface Tile {
  readonly rows: number;
  readonly vectors: number;
  readonly lanes: 4 | 1;
}

/**
 * Adds to a matrix the sum, over a rectangle of pixels, of the outer products of two vectors a pixel:
 * `c[i, j] += Σ a[pixel, i] b[pixel, j]`. All distances are in bytes, all counts in floats.
 */
export const outerProduct = (multiplyAdd: MultiplyAdd) =>
  routine(
    "outerProduct",
    [
      ...(["a", "aPixel", "aLine", "b", "bPixel", "bLine", "lines", "pixels"] as const),
      ...(["c", "rows", "columns"] as const),
    ],
    (parameter, writer) => {
      const i = writer.integer();
      const j = writer.integer();
      const line = writer.integer();
      const pixel = writer.integer();
      const aStart = writer.integer();
      const bStart = writer.integer();
      const aPointer = writer.integer();
      const bPointer = writer.integer();
      const cPointer = writer.integer();
      const left = writer.vector();
      const right = [writer.vector(), writer.vector()];
      const sums = Array.from({ length: 8 }, () => writer.vector());
      const columnBytes = i32.shiftLeft(parameter.columns.get, i32.constant(2));

      const eachSum = ({ rows, vectors }: Tile, act: (sum: Local, vector: number) => Code): Code =>
        sequence(
          cPointer.set(
            i32.add(
              i32.add(parameter.c.get, i32.multiply(i.get, columnBytes)),
              i32.shiftLeft(j.get, i32.constant(2)),
            ),
          ),
          ...Array.from({ length: rows }, (_, row) =>
            sequence(
              ...Array.from({ length: vectors }, (_, vector) => act(sums[row * vectors + vector]!, vector)),
              cPointer.set(i32.add(cPointer.get, columnBytes)),
            ),
          ),
        );

      const tile = (size: Tile): Code => {
        const load = size.lanes === 4 ? f32x4.load : f32x4.loadOne;
        const store = size.lanes === 4 ? f32x4.store : f32x4.storeOne;
        const onePixel = sequence(
          ...Array.from({ length: size.vectors }, (_, vector) =>
            right[vector]!.set(load(bPointer.get, vector * 16)),
          ),
          ...Array.from({ length: size.rows }, (_, row) =>
            sequence(
              left.set(f32x4.loadSplat(aPointer.get, row * 4)),
              ...Array.from({ length: size.vectors }, (_, vector) => {
                const sum = sums[row * size.vectors + vector]!;
                return sum.set(multiplyAdd(left.get, right[vector]!.get, sum.get));
              }),
            ),
          ),
          advance(aPointer, parameter.aPixel.get),
          advance(bPointer, parameter.bPixel.get),
          pixel.set(i32.subtract(pixel.get, i32.constant(1))),
        );
        return sequence(
          eachSum(size, (sum, vector) => sum.set(load(cPointer.get, vector * 16))),
          aStart.set(i32.add(parameter.a.get, i32.shiftLeft(i.get, i32.constant(2)))),
          bStart.set(i32.add(parameter.b.get, i32.shiftLeft(j.get, i32.constant(2)))),
          line.set(parameter.lines.get),
          whileLoop(
            line.get,
            sequence(
              aPointer.set(aStart.get),
              bPointer.set(bStart.get),
              pixel.set(parameter.pixels.get),
              whileLoop(pixel.get, onePixel),
              advance(aStart, parameter.aLine.get),
              advance(bStart, parameter.bLine.get),
              line.set(i32.subtract(line.get, i32.constant(1))),
            ),
          ),
          eachSum(size, (sum, vector) => store(cPointer.get, sum.get, vector * 16)),
        );
      };

      const across = (rows: number): Code =>
        sequence(
          j.set(i32.constant(0)),
          ...(
            [
              [2, 4],
              [1, 4],
              [1, 1],
            ] as const
          ).map(([vectors, lanes]) =>
            whileFits(j, vectors * lanes, parameter.columns, tile({ rows, vectors, lanes })),
          ),
        );
      return sequence(
        i.set(i32.constant(0)),
        whileFits(i, 4, parameter.rows, across(4)),
        whileFits(i, 1, parameter.rows, across(1)),
      );
    },
  );

/** The body for each step of `counter`, from its current value, that ends within `limit`. */
function whileFits(counter: Local, step: number, limit: Local, body: Code): Code {
  const next = i32.add(counter.get, i32.constant(step));
  return whileLoop(i32.lessOrEqual(next, limit.get), sequence(body, counter.set(next)));
}
