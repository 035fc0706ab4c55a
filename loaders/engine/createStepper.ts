import * as tf from "@tensorflow/tfjs-core";
import type { TensorValues } from "../../src/network/tensorValues.js";
import { EagerStepper } from "./eagerStepper.js";
import { isNativeBackend } from "./native/nativeBackend.js";
import { programLibraryOf } from "./native/program/programLibrary.js";
import { ProgramStepper } from "./native/program/programStepper.js";
import type { Stepper, Steps } from "./stepper.js";

/**
 * A stepper for the active engine: with TensorFlow's library and our add-on a step is one program, elsewhere tfjs runs
 * its operations one by one.
 */
export function createStepper(state: ReadonlyMap<string, TensorValues>, steps: Steps): Stepper {
  const backend = tf.backend();
  const library = programLibraryOf(backend);
  return library && isNativeBackend(backend)
    ? new ProgramStepper(library, backend, state, steps)
    : new EagerStepper(state, steps);
}
