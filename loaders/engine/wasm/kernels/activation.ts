import * as tf from "@tensorflow/tfjs-core";
import { looseObject, parse, picklist } from "valibot";
import { activationKinds } from "../../../../src/architecture/layers/layer.js";
import { activationGradientKernel, activationKernel } from "../../../../src/network/activation.js";
import { simdRoutine } from "../simdRoutine.js";
import { address, wasmKernel } from "../wasmKernel.js";

const attributesSchema = looseObject({ kind: picklist(activationKinds) });

/** An activation in one pass. */
export const activation = wasmKernel(activationKernel, ({ input, attributes, backend }) => {
  const { kind } = parse(attributesSchema, attributes);
  const x = input("x");
  const y = backend.makeOutput(x.shape, "float32");
  simdRoutine(backend, `activate/${kind}`)(
    address(backend, x),
    address(backend, y),
    tf.util.sizeFromShape(x.shape),
  );
  return y;
});

/** An activation's gradient in one pass. */
export const activationGradient = wasmKernel(activationGradientKernel, ({ input, attributes, backend }) => {
  const { kind } = parse(attributesSchema, attributes);
  const x = input("x");
  const dx = backend.makeOutput(x.shape, "float32");
  simdRoutine(backend, `activateGradient/${kind}`)(
    address(backend, x),
    address(backend, input("dy")),
    address(backend, dx),
    tf.util.sizeFromShape(x.shape),
  );
  return dx;
});
