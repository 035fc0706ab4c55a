import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";
import { floats } from "./wasmKernel.js";
import { shape4 } from "./windowAttributes.js";

/** Zeros around an image, in pixels. */
interface Surround {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Images `[batch, height, width, channels]` padded with zeros; `x` itself if there are none to add. */
export function padded(
  backend: BackendWasm,
  x: tf.TensorInfo,
  { top, bottom, left, right }: Surround,
): tf.TensorInfo {
  if (top === 0 && bottom === 0 && left === 0 && right === 0) return x;
  const [batch, height, width, channels] = shape4(x);
  const outWidth = left + width + right;
  const output = backend.makeOutput([batch, top + height + bottom, outWidth, channels], "float32");
  const from = floats(backend, x);
  const to = floats(backend, output);
  const lineFloats = width * channels;
  let source = 0;
  let zeros = 0;
  let place = (top * outWidth + left) * channels;
  for (let image = 0; image < batch; image++) {
    for (let line = 0; line < height; line++) {
      // The right padding of a line and the left padding of the next are adjacent.
      to.fill(0, zeros, place);
      to.set(from.subarray(source, source + lineFloats), place);
      zeros = place + lineFloats;
      place = zeros + (right + left) * channels;
      source += lineFloats;
    }
    place += (bottom + top) * outWidth * channels;
  }
  to.fill(0, zeros);
  return output;
}
