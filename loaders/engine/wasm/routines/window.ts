import { type Local, type RoutineWriter, routine } from "../assembler/assemble.js";
import { type Code, f32x4, i32, i32x4, sequence } from "../assembler/instructions.js";
import { countDown, eachFloat } from "./lanes.js";

/** The body for each pixel of a rectangle; `offset` is where it is, in bytes. */
function eachPixel(
  writer: RoutineWriter,
  offset: Local,
  start: Code,
  { lines, pixels, line, channels }: Record<"lines" | "pixels" | "line" | "channels", Local>,
  body: Code,
): Code {
  const lineStart = writer.integer();
  const [linesLeft, pixelsLeft] = [writer.integer(), writer.integer()];
  return sequence(
    lineStart.set(start),
    linesLeft.set(lines.get),
    countDown(
      linesLeft,
      sequence(
        offset.set(lineStart.get),
        pixelsLeft.set(pixels.get),
        countDown(
          pixelsLeft,
          sequence(body, offset.set(i32.add(offset.get, i32.shiftLeft(channels.get, i32.constant(2))))),
        ),
        lineStart.set(i32.add(lineStart.get, line.get)),
      ),
    ),
  );
}

/**
 * One window of a max pool: adds each channel's dy to dx where x is first greatest. `line` is the distance
 * in bytes from one line of x, and of dx, to the next.
 */
const maxPoolGradient = routine(
  "maxPoolGradient",
  ["x", "dx", "dy", "lines", "pixels", "line", "channels"] as const,
  (parameter, writer) => {
    const bytes = writer.integer();
    const offset = writer.integer();
    const [greatest, open, here, gradient] = [
      writer.vector(),
      writer.vector(),
      writer.vector(),
      writer.vector(),
    ];
    const target = i32.add(parameter.dx.get, offset.get);
    return eachFloat(writer.integer(), bytes, parameter.channels, (lanes) => {
      const x = lanes.load(i32.add(parameter.x.get, offset.get));
      return sequence(
        greatest.set(f32x4.constant(Number.NEGATIVE_INFINITY)),
        eachPixel(writer, offset, bytes.get, parameter, greatest.set(f32x4.max(greatest.get, x))),
        gradient.set(lanes.load(i32.add(parameter.dy.get, bytes.get))),
        open.set(i32x4.constant(-1)),
        eachPixel(
          writer,
          offset,
          bytes.get,
          parameter,
          sequence(
            here.set(f32x4.and(f32x4.equal(x, greatest.get), open.get)),
            lanes.store(target, f32x4.add(lanes.load(target), f32x4.and(gradient.get, here.get))),
            open.set(f32x4.andNot(open.get, here.get)),
          ),
        ),
      );
    });
  },
);

/** `sums[channel] += Σ a b` over a line of pixels; the distances from pixel to pixel are in bytes. */
const sumOfProducts = routine(
  "sumOfProducts",
  ["a", "aPixel", "b", "bPixel", "pixels", "channels", "sums"] as const,
  (parameter, writer) => {
    const bytes = writer.integer();
    const [a, b, pixelsLeft] = [writer.integer(), writer.integer(), writer.integer()];
    const sum = writer.vector();
    const place = i32.add(parameter.sums.get, bytes.get);
    return eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
      sequence(
        a.set(i32.add(parameter.a.get, bytes.get)),
        b.set(i32.add(parameter.b.get, bytes.get)),
        sum.set(lanes.load(place)),
        pixelsLeft.set(parameter.pixels.get),
        countDown(
          pixelsLeft,
          sequence(
            sum.set(f32x4.add(sum.get, f32x4.multiply(lanes.load(a.get), lanes.load(b.get)))),
            a.set(i32.add(a.get, parameter.aPixel.get)),
            b.set(i32.add(b.get, parameter.bPixel.get)),
          ),
        ),
        lanes.store(place, sum.get),
      ),
    );
  },
);

/** `target += source factor[channel]` over a line of pixels; the distances are in bytes. */
const addScaled = routine(
  "addScaled",
  ["source", "sourcePixel", "factor", "target", "targetPixel", "pixels", "channels"] as const,
  (parameter, writer) => {
    const bytes = writer.integer();
    const at = (start: Local): Code => i32.add(start.get, bytes.get);
    return countDown(
      parameter.pixels,
      sequence(
        eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
          lanes.store(
            at(parameter.target),
            f32x4.add(
              lanes.load(at(parameter.target)),
              f32x4.multiply(lanes.load(at(parameter.source)), lanes.load(at(parameter.factor))),
            ),
          ),
        ),
        parameter.source.set(i32.add(parameter.source.get, parameter.sourcePixel.get)),
        parameter.target.set(i32.add(parameter.target.get, parameter.targetPixel.get)),
      ),
    );
  },
);

export const windowRoutines = [maxPoolGradient, sumOfProducts, addScaled];
