import type * as tf from "@tensorflow/tfjs-core";
import type { CreatePass } from "../../../src/network/forwardPass.js";
import { createStepper } from "./createStepper.js";

/** A pass on the active engine: one program where it can run programs, else operation by operation. */
export const enginePass: CreatePass = (compute) => {
  const stepper = createStepper(new Map(), {
    pass: (feeds) => ({ outputs: compute(feeds.get("images") as tf.Tensor4D), state: new Map() }),
  });
  return {
    run: (images) => stepper.step("pass", new Map([["images", images]])),
    dispose: () => stepper.dispose(),
  };
};
