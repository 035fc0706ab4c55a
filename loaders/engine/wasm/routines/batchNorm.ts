import { normalisationKinds } from "../../../../src/network/batchNorm.js";
import { type Local, routine } from "../assembler/assemble.js";
import { type Code, f32x4, i32, sequence } from "../assembler/instructions.js";
import { ActivationCode } from "./activationCode.js";
import { countDown, eachFloat } from "./lanes.js";

/**
 * For each channel over some pixels: Σ (x - reference), into `sums`, and Σ (x - reference)², behind them.
 * A reference near the mean keeps the variance that follows from both free of cancellation.
 */
const statistics = routine(
  "statistics",
  ["x", "pixels", "channels", "reference", "sums"] as const,
  (parameter, writer) => {
    const bytes = writer.integer();
    const pointer = writer.integer();
    const pixel = writer.integer();
    const reference = writer.vector();
    const value = writer.vector();
    const sum = writer.vector();
    const squares = writer.vector();
    const line = i32.shiftLeft(parameter.channels.get, i32.constant(2));
    return eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
      sequence(
        reference.set(lanes.load(i32.add(parameter.reference.get, bytes.get))),
        sum.set(f32x4.constant(0)),
        squares.set(f32x4.constant(0)),
        pointer.set(i32.add(parameter.x.get, bytes.get)),
        pixel.set(parameter.pixels.get),
        countDown(
          pixel,
          sequence(
            value.set(f32x4.subtract(lanes.load(pointer.get), reference.get)),
            sum.set(f32x4.add(sum.get, value.get)),
            squares.set(f32x4.add(squares.get, f32x4.multiply(value.get, value.get))),
            pointer.set(i32.add(pointer.get, line)),
          ),
        ),
        lanes.store(i32.add(parameter.sums.get, bytes.get), sum.get),
        lanes.store(i32.add(i32.add(parameter.sums.get, line), bytes.get), squares.get),
      ),
    );
  },
);

/** `normalise/<kind>`: y = activation(x scale + shift), scale and shift per channel. */
const forward = normalisationKinds.map((kind) =>
  routine(
    `normalise/${kind}`,
    ["x", "y", "pixels", "channels", "scale", "shift"] as const,
    (parameter, writer) => {
      const activation = new ActivationCode(writer);
      const bytes = writer.integer();
      const value = writer.vector();
      const line = i32.shiftLeft(parameter.channels.get, i32.constant(2));
      const at = (start: Local): Code => i32.add(start.get, bytes.get);
      return countDown(
        parameter.pixels,
        sequence(
          eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
            sequence(
              value.set(
                f32x4.add(
                  f32x4.multiply(lanes.load(at(parameter.x)), lanes.load(at(parameter.scale))),
                  lanes.load(at(parameter.shift)),
                ),
              ),
              activation.value(kind, value, value),
              lanes.store(at(parameter.y), value.get),
            ),
          ),
          parameter.x.set(i32.add(parameter.x.get, line)),
          parameter.y.set(i32.add(parameter.y.get, line)),
        ),
      );
    },
  ),
);

/**
 * `normaliseGradient/<kind>`: dz = dy activation'(x scale + shift), and for each channel over some pixels
 * Σ dz, into `sums`, and Σ dz (x - mean), behind them.
 */
const backward = normalisationKinds.map((kind) =>
  routine(
    `normaliseGradient/${kind}`,
    ["x", "dy", "dz", "pixels", "channels", "scale", "shift", "mean", "sums"] as const,
    (parameter, writer) => {
      const activation = new ActivationCode(writer);
      const bytes = writer.integer();
      const distance = writer.integer();
      const pixel = writer.integer();
      const [scale, shift, mean] = [writer.vector(), writer.vector(), writer.vector()];
      const [value, normalised, gradient] = [writer.vector(), writer.vector(), writer.vector()];
      const [sum, products] = [writer.vector(), writer.vector()];
      const line = i32.shiftLeft(parameter.channels.get, i32.constant(2));
      const at = (start: Local): Code => i32.add(start.get, bytes.get);
      const pixelAt = (start: Local): Code => i32.add(start.get, distance.get);
      return eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
        sequence(
          scale.set(lanes.load(at(parameter.scale))),
          shift.set(lanes.load(at(parameter.shift))),
          mean.set(lanes.load(at(parameter.mean))),
          sum.set(f32x4.constant(0)),
          products.set(f32x4.constant(0)),
          distance.set(bytes.get),
          pixel.set(parameter.pixels.get),
          countDown(
            pixel,
            sequence(
              value.set(lanes.load(pixelAt(parameter.x))),
              normalised.set(f32x4.add(f32x4.multiply(value.get, scale.get), shift.get)),
              activation.derivative(kind, normalised, gradient),
              gradient.set(f32x4.multiply(gradient.get, lanes.load(pixelAt(parameter.dy)))),
              lanes.store(pixelAt(parameter.dz), gradient.get),
              sum.set(f32x4.add(sum.get, gradient.get)),
              products.set(
                f32x4.add(products.get, f32x4.multiply(gradient.get, f32x4.subtract(value.get, mean.get))),
              ),
              distance.set(i32.add(distance.get, line)),
            ),
          ),
          lanes.store(at(parameter.sums), sum.get),
          lanes.store(i32.add(at(parameter.sums), line), products.get),
        ),
      );
    },
  ),
);

/** dx = dz scale + x slope + offset, all three per channel; dx may be at the same address as dz. */
const inputGradient = routine(
  "normaliseInputGradient",
  ["x", "dz", "dx", "pixels", "channels", "scale", "slope", "offset"] as const,
  (parameter, writer) => {
    const bytes = writer.integer();
    const line = i32.shiftLeft(parameter.channels.get, i32.constant(2));
    const at = (start: Local): Code => i32.add(start.get, bytes.get);
    return countDown(
      parameter.pixels,
      sequence(
        eachFloat(writer.integer(), bytes, parameter.channels, (lanes) =>
          lanes.store(
            at(parameter.dx),
            f32x4.add(
              f32x4.add(
                f32x4.multiply(lanes.load(at(parameter.dz)), lanes.load(at(parameter.scale))),
                f32x4.multiply(lanes.load(at(parameter.x)), lanes.load(at(parameter.slope))),
              ),
              lanes.load(at(parameter.offset)),
            ),
          ),
        ),
        ...[parameter.x, parameter.dz, parameter.dx].map((pointer) =>
          pointer.set(i32.add(pointer.get, line)),
        ),
      ),
    );
  },
);

export const batchNormRoutines = [statistics, ...forward, ...backward, inputGradient];
