import { activationKinds } from "../../../../src/architecture/layers/layer.js";
import { routine } from "../assembler/assemble.js";
import { f32x4, i32, sequence } from "../assembler/instructions.js";
import { ActivationCode } from "./activationCode.js";
import { eachFloat } from "./lanes.js";

/** `activate/<kind>`: the activation of each of `count` floats. */
const values = activationKinds.map((kind) =>
  routine(`activate/${kind}`, ["x", "y", "count"] as const, (parameter, writer) => {
    const activation = new ActivationCode(writer);
    const value = writer.vector();
    const bytes = writer.integer();
    return eachFloat(writer.integer(), bytes, parameter.count, (lanes) =>
      sequence(
        value.set(lanes.load(i32.add(parameter.x.get, bytes.get))),
        activation.value(kind, value, value),
        lanes.store(i32.add(parameter.y.get, bytes.get), value.get),
      ),
    );
  }),
);

/** `activateGradient/<kind>`: dy times the derivative at x, for each of `count` floats. */
const gradients = activationKinds.map((kind) =>
  routine(`activateGradient/${kind}`, ["x", "dy", "dx", "count"] as const, (parameter, writer) => {
    const activation = new ActivationCode(writer);
    const value = writer.vector();
    const derivative = writer.vector();
    const bytes = writer.integer();
    return eachFloat(writer.integer(), bytes, parameter.count, (lanes) =>
      sequence(
        value.set(lanes.load(i32.add(parameter.x.get, bytes.get))),
        activation.derivative(kind, value, derivative),
        lanes.store(
          i32.add(parameter.dx.get, bytes.get),
          f32x4.multiply(lanes.load(i32.add(parameter.dy.get, bytes.get)), derivative.get),
        ),
      ),
    );
  }),
);

export const activationRoutines = [...values, ...gradients];
