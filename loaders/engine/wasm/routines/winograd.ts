import { type Local, type RoutineWriter, routine } from "../assembler/assemble.js";
import { type Code, f32x4, i32, sequence } from "../assembler/instructions.js";
import { advance, countDown, eachFloat, type Lanes } from "./lanes.js";

// F(2×2, 3×3) of Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016: 2 × 2 results of a 3 × 3
// filter take 16 products of a transformed filter and a transformed 4 × 4 of the input, where the definition takes 36.

/**
 * A matrix, row by row; zeros at a row's end are left out. `shared` are rows that several others have in common: they
 * are computed once, and follow the vector's values as further columns. The values of one row differ by sign alone.
 */
interface Matrix {
  readonly columns: number;
  readonly shared?: readonly (readonly number[])[];
  readonly rows: readonly (readonly number[])[];
}

/** G: a, (a + c) / 2 ± b / 2 and c. */
const filterMatrix: Matrix = {
  columns: 3,
  shared: [
    [0.5, 0, 0.5],
    [0, 0.5],
  ],
  rows: [[1], [0, 0, 0, 1, 1], [0, 0, 0, 1, -1], [0, 0, 1]],
};

/** Gᵀ */
const filterGradientMatrix: Matrix = {
  columns: 4,
  shared: [[0, 0.5, 0.5]],
  rows: [
    [1, 0, 0, 0, 1],
    [0, 0.5, -0.5],
    [0, 0, 0, 1, 1],
  ],
};

/** Bᵀ */
const inputMatrix: Matrix = {
  columns: 4,
  rows: [
    [1, 0, -1],
    [0, 1, 1],
    [0, -1, 1],
    [0, 1, 0, -1],
  ],
};

/** Aᵀ */
const outputMatrix: Matrix = {
  columns: 4,
  rows: [
    [1, 1, 1],
    [0, 1, -1, -1],
  ],
};

/** A */
const outputGradientMatrix: Matrix = { columns: 2, rows: [[1], [1, 1], [1, -1], [0, -1]] };

/**
 * `count` filters side by side, each transformed: M f Mᵀ. Values of one filter are `step` bytes apart, its results
 * `targetStep`.
 */
const filterRoutine = (name: string, matrix: Matrix) =>
  routine(name, ["filter", "step", "count", "target", "targetStep"] as const, (parameter, writer) => {
    const { bytes, place, transform } = transformBy(matrix, writer);
    const step = parameter.step.get;
    const source = { start: parameter.filter, step, line: i32.multiply(step, i32.constant(matrix.columns)) };
    return eachFloat(writer.integer(), bytes, parameter.count, (lanes) =>
      transform(lanes, source, parameter.target, (results) =>
        results((value) => sequence(lanes.store(place.get, value), advance(place, parameter.targetStep.get))),
      ),
    );
  });

/**
 * `tiles` tiles of pixels, two pixels apart in a line, each transformed one channel at a time: M x Mᵀ. The 16 results
 * of a tile are `targetStep` bytes apart.
 */
const tileRoutine = (name: string, matrix: Matrix) =>
  routine(name, ["x", "line", "channels", "tiles", "target", "targetStep"] as const, (parameter, writer) => {
    const { bytes, place, transform } = transformBy(matrix, writer);
    const pixel = i32.shiftLeft(parameter.channels.get, i32.constant(2));
    const source = { start: parameter.x, step: pixel, line: parameter.line.get };
    return countDown(
      parameter.tiles,
      sequence(
        eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
          transform(lanes, source, parameter.target, (results) =>
            results((value) =>
              sequence(lanes.store(place.get, value), advance(place, parameter.targetStep.get)),
            ),
          ),
        ),
        advance(parameter.x, i32.shiftLeft(pixel, i32.constant(1))),
        advance(parameter.target, pixel),
      ),
    );
  });

/** `winogradOutput`: Aᵀ m A and a bias, for `tiles` tiles in a line: 2 × 2 results per channel. */
const output = routine(
  "winogradOutput",
  ["products", "productStep", "tiles", "channels", "bias", "y", "line"] as const,
  (parameter, writer) => {
    const { bytes, place, transform } = transformBy(outputMatrix, writer);
    const bias = writer.vector();
    const pixel = i32.shiftLeft(parameter.channels.get, i32.constant(2));
    const step = parameter.productStep.get;
    const source = { start: parameter.products, step, line: i32.shiftLeft(step, i32.constant(2)) };
    return countDown(
      parameter.tiles,
      sequence(
        eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
          sequence(
            bias.set(lanes.load(i32.add(parameter.bias.get, bytes.get))),
            transform(lanes, source, parameter.y, (results) =>
              sequence(
                results((value, column) =>
                  lanes.store(
                    column === 0 ? place.get : i32.add(place.get, pixel),
                    f32x4.add(value, bias.get),
                  ),
                ),
                advance(place, parameter.line.get),
              ),
            ),
          ),
        ),
        advance(parameter.products, pixel),
        advance(parameter.y, i32.shiftLeft(pixel, i32.constant(1))),
      ),
    );
  },
);

/** Where a matrix of vectors begins, and the distances in bytes to its next column and its next row. */
interface Source {
  readonly start: Local;
  readonly step: Code;
  readonly line: Code;
}

/** Code for each of a product's values. */
type Results = (use: (value: Code, index: number) => Code) => Code;

/**
 * Variables of a transform M X Mᵀ, and its code: each column of X times M, then each row of that. Everything starts
 * `bytes` further on; `write` gets the results row by row, `place` being where the first of them belongs.
 */
function transformBy({ columns, shared = [], rows }: Matrix, writer: RoutineWriter) {
  const bytes = writer.integer();
  const place = writer.integer();
  const vectors = (count: number): Local[] => Array.from({ length: count }, () => writer.vector());
  const values = vectors(columns);
  const across = rows.map(() => vectors(columns));
  const sums = vectors(shared.length);
  const product: Results = (use) =>
    sequence(
      ...sums.map((sum, index) => sum.set(weighted(shared[index]!, values))),
      ...rows.map((row, index) => use(weighted(row, [...values, ...sums]), index)),
    );
  const transform = (
    lanes: Lanes,
    { start, step, line }: Source,
    target: Local,
    write: (results: Results) => Code,
  ): Code =>
    sequence(
      ...values.map((_, column) =>
        sequence(
          place.set(i32.add(i32.add(start.get, bytes.get), i32.multiply(step, i32.constant(column)))),
          ...values.map((value) => sequence(value.set(lanes.load(place.get)), advance(place, line))),
          product((value, row) => across[row]![column]!.set(value)),
        ),
      ),
      place.set(i32.add(target.get, bytes.get)),
      ...across.map((row) =>
        sequence(...values.map((value, column) => value.set(row[column]!.get)), write(product)),
      ),
    );
  return { bytes, place, transform };
}

/** The sum of values times a row's factors: those above zero first, which spares a change of sign. */
function weighted(row: readonly number[], values: readonly Local[]): Code {
  const terms = row.flatMap((factor, index) => (factor === 0 ? [] : [{ factor, value: values[index]!.get }]));
  const [first, ...others] = terms.toSorted((a, b) => Math.sign(b.factor) - Math.sign(a.factor));
  const size = Math.abs(first!.factor);
  const sum = others.reduce<Code>(
    (before, { factor, value }) => (factor > 0 ? f32x4.add : f32x4.subtract)(before, value),
    first!.factor > 0 ? first!.value : f32x4.subtract(f32x4.constant(0), first!.value),
  );
  return size === 1 ? sum : f32x4.multiply(sum, f32x4.constant(size));
}

export const winogradRoutines = [
  filterRoutine("winogradFilter", filterMatrix),
  tileRoutine("winogradInput", inputMatrix),
  output,
  tileRoutine("winogradOutputGradient", outputGradientMatrix),
  filterRoutine("winogradFilterGradient", filterGradientMatrix),
];
