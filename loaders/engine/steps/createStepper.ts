import * as tf from "@tensorflow/tfjs-core";
import type { TensorValues } from "../../../src/network/tensorValues.js";
import { isNativeBackend } from "../native/nativeBackend.js";
import { programLibraryOf } from "../native/program/programLibrary.js";
import { ProgramStepper } from "../native/program/programStepper.js";
import { EagerStepper } from "./eagerStepper.js";
import type { Precision } from "./precision.js";
import type { Stepper, Steps } from "./stepper.js";

/**
 * A stepper for the active engine: with TensorFlow's library and our add-on a step runs as one program, elsewhere tfjs
 * runs its operations one by one.
 *
 * @param precision of the arithmetic; state, feeds and outputs are float32.
 * @throws Error if bfloat16 is requested of an engine that cannot run programs; `requirePrecision` says so earlier.
 */
export function createStepper(
  state: ReadonlyMap<string, TensorValues>,
  steps: Steps,
  precision: Precision = "float32",
): Stepper {
  const backend = tf.backend();
  const library = programLibraryOf(backend);
  if (library && isNativeBackend(backend)) {
    return new ProgramStepper(library, backend, state, steps, precision);
  }
  if (precision !== "float32") throw new Error(`This engine runs no programs, and has no ${precision}.`);
  return new EagerStepper(state, steps);
}
