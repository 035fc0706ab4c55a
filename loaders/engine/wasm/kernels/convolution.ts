import * as tf from "@tensorflow/tfjs-core";
import { is, literal, looseObject, nullish, picklist, tuple, union } from "valibot";
import { packFilter } from "../packedFilter.js";
import { padded } from "../padded.js";
import { dispose, orStock, type WasmKernelCall, wasmKernel } from "../wasmKernel.js";
import { convolutionWindow, isThreeByThree, shape4 } from "../windowAttributes.js";
import { matrixConvolution } from "./matrixConvolution.js";
import { winogradConvolution } from "./winogradConvolution.js";
import { suitsWinograd } from "./winogradTiles.js";

/** What our convolution can do; the rest is left to tfjs's own. */
const attributesSchema = looseObject({
  dilations: nullish(union([literal(1), tuple([literal(1), literal(1)])])),
  dataFormat: nullish(literal("NHWC")),
});
const activationRoutines = { linear: undefined, relu: "activate/relu", relu6: "activate/relu6" } as const;
const fusedAttributesSchema = looseObject({
  ...attributesSchema.entries,
  activation: picklist(["linear", "relu", "relu6"]),
});

/** A convolution, as a matrix product. Stock 4.22 computes the same, and takes longer. */
export const convolution = orStock(
  wasmKernel(tf.Conv2D, (call) => convolve(call)),
  ({ attrs }) => is(attributesSchema, attrs),
);

/** The same with a bias added and an activation. */
export const fusedConvolution = orStock(
  wasmKernel(tf.FusedConv2D, (call) => {
    const { attributes } = call;
    return convolve(
      call,
      is(fusedAttributesSchema, attributes) ? activationRoutines[attributes.activation] : undefined,
    );
  }),
  ({ attrs }) => is(fusedAttributesSchema, attrs),
);

function convolve(
  { input, optionalInput, attributes, backend }: WasmKernelCall,
  activation?: string,
): tf.TensorInfo {
  const window = convolutionWindow(attributes, shape4(input("x")), shape4(input("filter")));
  const y = backend.makeOutput(window.outShape, "float32");
  if (isThreeByThree(window) && suitsWinograd(shape4(y), window.inChannels)) {
    const { top, left } = window.padInfo;
    const [x, filter, bias] = [input("x"), input("filter"), optionalInput("bias")];
    winogradConvolution(backend, { x, filter, turned: false, top, left, bias, y, activation });
    return y;
  }
  const x = padded(backend, input("x"), window.padInfo);
  const filter = packFilter(backend, input("filter"));
  matrixConvolution(backend, {
    x,
    filter,
    bias: optionalInput("bias"),
    y,
    lines: window.outHeight,
    columns: window.outWidth,
    from: {
      firstLine: 0,
      firstColumn: 0,
      lineStep: window.strideHeight,
      columnStep: window.strideWidth,
    },
    to: { firstLine: 0, firstColumn: 0, lineStep: 1, columnStep: 1 },
    activation,
  });
  dispose(backend, filter.values);
  if (x !== input("x")) dispose(backend, x);
  return y;
}
