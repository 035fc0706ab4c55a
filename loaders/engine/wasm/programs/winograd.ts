import { type Code, f32x4, i32, sequence } from "../assembly/instructions.js";
import { type Local, type ProgramWriter, program } from "../assembly/module.js";
import { countDown, eachFloat } from "./lanes.js";

// F(2×2, 3×3) of Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016: 2 × 2 results of a 3 × 3
// filter take 16 products of a transformed filter and a transformed 4 × 4 of the input, where the definition takes 36.

const half = f32x4.constant(0.5);

/** `winogradFilter`: G g Gᵀ of each of `count` filters side by side; taps, and the 16 results, lie at a distance. */
const filter = program(
  "winogradFilter",
  ["filter", "tapStep", "count", "target", "targetStep"] as const,
  (parameter, writer) => {
    const bytes = writer.integer();
    const place = writer.integer();
    const [a, b, c] = [writer.vector(), writer.vector(), writer.vector()];
    const across = grid(writer, 4, 3);
    const filterLine = i32.multiply(parameter.tapStep.get, i32.constant(3));
    const [sum, outer] = [writer.vector(), writer.vector()];
    /** G times (a, b, c): a, (a + b + c) / 2, (a - b + c) / 2 and c. */
    const four = (give: (index: number, value: Code) => Code): Code =>
      sequence(
        outer.set(f32x4.multiply(f32x4.add(a.get, c.get), half)),
        sum.set(f32x4.multiply(b.get, half)),
        give(0, a.get),
        give(1, f32x4.add(outer.get, sum.get)),
        give(2, f32x4.subtract(outer.get, sum.get)),
        give(3, c.get),
      );
    return eachFloat(writer.integer(), bytes, parameter.count, (lanes) => {
      const columns = [0, 1, 2].map((column) =>
        sequence(
          place.set(
            sum3(parameter.filter.get, bytes.get, i32.multiply(parameter.tapStep.get, i32.constant(column))),
          ),
          ...[a, b, c].map((vector) =>
            sequence(vector.set(lanes.load(place.get)), advance(place, filterLine)),
          ),
          four((row, value) => across[row]![column]!.set(value)),
        ),
      );
      const rows = [0, 1, 2, 3].map((row) =>
        sequence(
          ...[a, b, c].map((vector, column) => vector.set(across[row]![column]!.get)),
          four((_, value) =>
            sequence(lanes.store(place.get, value), advance(place, parameter.targetStep.get)),
          ),
        ),
      );
      return sequence(...columns, place.set(i32.add(parameter.target.get, bytes.get)), ...rows);
    });
  },
);

/**
 * `winogradInput`: Bᵀ d B of `tiles` tiles of 4 × 4 pixels, two pixels apart in a line, a channel at a time. The 16
 * results of a tile lie `targetStep` apart.
 */
const input = program(
  "winogradInput",
  ["x", "line", "channels", "tiles", "target", "targetStep"] as const,
  (parameter, writer) => {
    const bytes = writer.integer();
    const place = writer.integer();
    const [a, b, c, d] = [writer.vector(), writer.vector(), writer.vector(), writer.vector()];
    const across = grid(writer, 4, 4);
    const pixel = i32.shiftLeft(parameter.channels.get, i32.constant(2));
    /** Bᵀ times (a, b, c, d). */
    const four = (give: (index: number, value: Code) => Code): Code =>
      sequence(
        give(0, f32x4.subtract(a.get, c.get)),
        give(1, f32x4.add(b.get, c.get)),
        give(2, f32x4.subtract(c.get, b.get)),
        give(3, f32x4.subtract(b.get, d.get)),
      );
    return countDown(
      parameter.tiles,
      sequence(
        eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
          sequence(
            ...[0, 1, 2, 3].map((column) =>
              sequence(
                place.set(sum3(parameter.x.get, bytes.get, i32.multiply(pixel, i32.constant(column)))),
                ...[a, b, c, d].map((vector) =>
                  sequence(vector.set(lanes.load(place.get)), advance(place, parameter.line.get)),
                ),
                four((row, value) => across[row]![column]!.set(value)),
              ),
            ),
            place.set(i32.add(parameter.target.get, bytes.get)),
            ...across.map((row) =>
              sequence(
                ...[a, b, c, d].map((vector, column) => vector.set(row[column]!.get)),
                four((_, value) =>
                  sequence(lanes.store(place.get, value), advance(place, parameter.targetStep.get)),
                ),
              ),
            ),
          ),
        ),
        advance(parameter.x, i32.shiftLeft(pixel, i32.constant(1))),
        advance(parameter.target, pixel),
      ),
    );
  },
);

/** `winogradOutput`: Aᵀ m A and a bias, for `tiles` tiles in a line: 2 × 2 results a channel. */
const output = program(
  "winogradOutput",
  ["products", "productStep", "tiles", "channels", "bias", "y", "line"] as const,
  (parameter, writer) => {
    const bytes = writer.integer();
    const place = writer.integer();
    const [a, b, c, d] = [writer.vector(), writer.vector(), writer.vector(), writer.vector()];
    const across = grid(writer, 2, 4);
    const bias = writer.vector();
    const pixel = i32.shiftLeft(parameter.channels.get, i32.constant(2));
    /** Aᵀ times (a, b, c, d). */
    const two = (give: (index: number, value: Code) => Code): Code =>
      sequence(
        give(0, f32x4.add(f32x4.add(a.get, b.get), c.get)),
        give(1, f32x4.subtract(f32x4.subtract(b.get, c.get), d.get)),
      );
    const productLine = i32.shiftLeft(parameter.productStep.get, i32.constant(2));
    return countDown(
      parameter.tiles,
      sequence(
        eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
          sequence(
            bias.set(lanes.load(i32.add(parameter.bias.get, bytes.get))),
            ...[0, 1, 2, 3].map((column) =>
              sequence(
                place.set(
                  sum3(
                    parameter.products.get,
                    bytes.get,
                    i32.multiply(parameter.productStep.get, i32.constant(column)),
                  ),
                ),
                ...[a, b, c, d].map((vector) =>
                  sequence(vector.set(lanes.load(place.get)), advance(place, productLine)),
                ),
                two((row, value) => across[row]![column]!.set(value)),
              ),
            ),
            place.set(i32.add(parameter.y.get, bytes.get)),
            ...across.map((row) =>
              sequence(
                ...[a, b, c, d].map((vector, column) => vector.set(row[column]!.get)),
                two((column, value) =>
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

/** `winogradOutputGradient`: A dy Aᵀ, the gradient to {@link output}'s products, of `tiles` tiles of 2 × 2 in a line. */
const outputGradient = program(
  "winogradOutputGradient",
  ["dy", "line", "channels", "tiles", "target", "targetStep"] as const,
  (parameter, writer) => {
    const bytes = writer.integer();
    const place = writer.integer();
    const [a, b] = [writer.vector(), writer.vector()];
    const across = grid(writer, 4, 2);
    const pixel = i32.shiftLeft(parameter.channels.get, i32.constant(2));
    /** A times (a, b). */
    const four = (give: (index: number, value: Code) => Code): Code =>
      sequence(
        give(0, a.get),
        give(1, f32x4.add(a.get, b.get)),
        give(2, f32x4.subtract(a.get, b.get)),
        give(3, f32x4.subtract(f32x4.constant(0), b.get)),
      );
    return countDown(
      parameter.tiles,
      sequence(
        eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
          sequence(
            ...[0, 1].map((column) =>
              sequence(
                place.set(sum3(parameter.dy.get, bytes.get, i32.multiply(pixel, i32.constant(column)))),
                a.set(lanes.load(place.get)),
                b.set(lanes.load(i32.add(place.get, parameter.line.get))),
                four((row, value) => across[row]![column]!.set(value)),
              ),
            ),
            place.set(i32.add(parameter.target.get, bytes.get)),
            ...across.map(([left, right]) =>
              sequence(
                a.set(left!.get),
                b.set(right!.get),
                four((_, value) =>
                  sequence(lanes.store(place.get, value), advance(place, parameter.targetStep.get)),
                ),
              ),
            ),
          ),
        ),
        advance(parameter.dy, i32.shiftLeft(pixel, i32.constant(1))),
        advance(parameter.target, pixel),
      ),
    );
  },
);

/** `winogradFilterGradient`: Gᵀ p G of each of `count` filters' 16 sums of products: its 9 taps. */
const filterGradient = program(
  "winogradFilterGradient",
  ["products", "productStep", "count", "filter", "tapStep"] as const,
  (parameter, writer) => {
    const bytes = writer.integer();
    const place = writer.integer();
    const [a, b, c, d] = [writer.vector(), writer.vector(), writer.vector(), writer.vector()];
    const across = grid(writer, 3, 4);
    const middle = writer.vector();
    const productLine = i32.shiftLeft(parameter.productStep.get, i32.constant(2));
    /** Gᵀ times (a, b, c, d): a + (b + c) / 2, (b - c) / 2 and (b + c) / 2 + d. */
    const three = (give: (index: number, value: Code) => Code): Code =>
      sequence(
        middle.set(f32x4.multiply(f32x4.add(b.get, c.get), half)),
        give(0, f32x4.add(a.get, middle.get)),
        give(1, f32x4.multiply(f32x4.subtract(b.get, c.get), half)),
        give(2, f32x4.add(middle.get, d.get)),
      );
    return eachFloat(writer.integer(), bytes, parameter.count, (lanes) =>
      sequence(
        ...[0, 1, 2, 3].map((column) =>
          sequence(
            place.set(
              sum3(
                parameter.products.get,
                bytes.get,
                i32.multiply(parameter.productStep.get, i32.constant(column)),
              ),
            ),
            ...[a, b, c, d].map((vector) =>
              sequence(vector.set(lanes.load(place.get)), advance(place, productLine)),
            ),
            three((row, value) => across[row]![column]!.set(value)),
          ),
        ),
        place.set(i32.add(parameter.filter.get, bytes.get)),
        ...across.map((row) =>
          sequence(
            ...[a, b, c, d].map((vector, column) => vector.set(row[column]!.get)),
            three((_, value) =>
              sequence(lanes.store(place.get, value), advance(place, parameter.tapStep.get)),
            ),
          ),
        ),
      ),
    );
  },
);

function grid(writer: ProgramWriter, rows: number, columns: number): Local[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => writer.vector()));
}

function advance(pointer: Local, distance: Code): Code {
  return pointer.set(i32.add(pointer.get, distance));
}

function sum3(a: Code, b: Code, c: Code): Code {
  return i32.add(i32.add(a, b), c);
}

export const winogradPrograms = [filter, input, output, outputGradient, filterGradient];
