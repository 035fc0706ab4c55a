import { hardSigmoidSlope } from "../../../../src/network/activation.js";
import type { NormalisationKind } from "../../../../src/network/batchNorm.js";
import type { Local, RoutineWriter } from "../assembler/assemble.js";
import { type Code, f32x4, i32x4, sequence } from "../assembler/instructions.js";

const zero = f32x4.constant(0);
const one = f32x4.constant(1);
const three = f32x4.constant(3);
const minusThree = f32x4.constant(-3);
const six = f32x4.constant(6);
const sixth = f32x4.constant(1 / 6);
const gateSlope = f32x4.constant(hardSigmoidSlope);

/** Beyond this the sigmoid is 0 or 1 to float32's precision, and its exponential still no subnormal. */
const exponentLimit = 80;
/** ln 2 in two parts, the first exact in few bits, so that n ln 2 loses no precision (Cody and Waite 1980). */
const ln2High = 0.693359375;
const ln2Low = Math.LN2 - ln2High;
/** Taylor's coefficients 1/7! … 1/2!; within ln 2 / 2 of zero the rest is below float32's precision. */
const exponentialCoefficients = [1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2];

/** Writes activations of four values at once, and their derivatives, into a routine. */
export class ActivationCode {
  private readonly power: Local;
  private readonly remainder: Local;
  private readonly gate: Local;

  constructor(writer: RoutineWriter) {
    this.power = writer.vector();
    this.remainder = writer.vector();
    this.gate = writer.vector();
  }

  /** Sets `result` to the activation of `x`; the two may be one variable. */
  value(kind: NormalisationKind, x: Local, result: Local): Code {
    switch (kind) {
      case "none":
        return result.set(x.get);
      case "relu":
        return result.set(f32x4.max(x.get, zero));
      case "relu6":
        return result.set(clipped(x.get));
      case "sigmoid":
        return sequence(this.sigmoid(x), result.set(this.gate.get));
      case "swish":
        return sequence(this.sigmoid(x), result.set(f32x4.multiply(x.get, this.gate.get)));
      case "hard-sigmoid":
        return result.set(scaledRelu6(x.get, gateSlope));
      case "hard-swish":
        return result.set(f32x4.multiply(x.get, scaledRelu6(x.get, sixth)));
    }
  }

  /** Sets `result` to the derivative at `x`; the two may not be one variable. */
  derivative(kind: NormalisationKind, x: Local, result: Local): Code {
    switch (kind) {
      case "none":
        return result.set(one);
      case "relu":
        return result.set(oneWhere(f32x4.greaterThan(x.get, zero)));
      case "relu6":
        return result.set(oneWhere(between(x.get, zero, six)));
      case "sigmoid":
        return sequence(
          this.sigmoid(x),
          result.set(f32x4.multiply(this.gate.get, f32x4.subtract(one, this.gate.get))),
        );
      case "swish":
        return sequence(
          this.sigmoid(x),
          result.set(f32x4.multiply(x.get, f32x4.subtract(one, this.gate.get))),
          result.set(f32x4.multiply(this.gate.get, f32x4.add(one, result.get))),
        );
      case "hard-sigmoid":
        return result.set(f32x4.and(between(x.get, minusThree, three), gateSlope));
      case "hard-swish": {
        const slope = f32x4.multiply(f32x4.add(f32x4.add(x.get, x.get), three), sixth);
        return result.set(
          f32x4.add(
            f32x4.and(between(x.get, minusThree, three), slope),
            oneWhere(f32x4.greaterOrEqual(x.get, three)),
          ),
        );
      }
    }
  }

  /** Sets the gate to 1 / (1 + exp(-x)). */
  private sigmoid(x: Local): Code {
    const power = this.power;
    const remainder = this.remainder;
    const gate = this.gate;
    const limited = f32x4.max(
      f32x4.min(f32x4.subtract(zero, x.get), f32x4.constant(exponentLimit)),
      f32x4.constant(-exponentLimit),
    );
    const [first, ...others] = exponentialCoefficients.map(f32x4.constant);
    const polynomial = others.reduce<Code>(
      (sum, coefficient) => f32x4.add(f32x4.multiply(sum, remainder.get), coefficient),
      first!,
    );
    const twoToPower = i32x4.shiftLeft(i32x4.add(f32x4.toIntegers(power.get), i32x4.constant(127)), 23);
    return sequence(
      remainder.set(limited),
      power.set(f32x4.nearest(f32x4.multiply(remainder.get, f32x4.constant(Math.LOG2E)))),
      remainder.set(f32x4.subtract(remainder.get, f32x4.multiply(power.get, f32x4.constant(ln2High)))),
      remainder.set(f32x4.subtract(remainder.get, f32x4.multiply(power.get, f32x4.constant(ln2Low)))),
      gate.set(
        f32x4.add(
          f32x4.multiply(f32x4.multiply(polynomial, remainder.get), remainder.get),
          f32x4.add(remainder.get, one),
        ),
      ),
      gate.set(f32x4.divide(one, f32x4.add(one, f32x4.multiply(gate.get, twoToPower)))),
    );
  }
}

function clipped(x: Code): Code {
  return f32x4.min(f32x4.max(x, zero), six);
}

function scaledRelu6(x: Code, factor: Code): Code {
  return f32x4.multiply(clipped(f32x4.add(x, three)), factor);
}

function between(x: Code, low: Code, high: Code): Code {
  return f32x4.and(f32x4.greaterThan(x, low), f32x4.lessThan(x, high));
}

function oneWhere(mask: Code): Code {
  return f32x4.and(mask, one);
}
