import * as tf from "@tensorflow/tfjs-core";
import { wasmKernel } from "../wasmKernel.js";

/**
 * Another handle of the same values. Stock 4.22 copies them, and so every tensor that a gradient saves;
 * no tensor's values ever change, so one copy will do.
 */
export const identity = wasmKernel(tf.Identity, ({ input, backend }) => {
  const { dataId, shape, dtype } = input("x");
  backend.incRef(dataId);
  return { dataId, shape, dtype };
});
