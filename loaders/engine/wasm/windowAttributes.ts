import * as tf from "@tensorflow/tfjs-core";
import { literal, looseObject, nullish, number, parse, picklist, tuple, union } from "valibot";

const pairSchema = union([number(), tuple([number(), number()])]);
const sideSchema = tuple([number(), number()]);
const windowAttributesSchema = looseObject({
  strides: pairSchema,
  pad: union([
    picklist(["same", "valid"]),
    number(),
    tuple([sideSchema, sideSchema, sideSchema, sideSchema]),
  ]),
  dilations: nullish(pairSchema),
  dimRoundingMode: nullish(picklist(["floor", "round", "ceil"])),
  dataFormat: nullish(literal("NHWC")),
});
const filterSizeSchema = looseObject({ filterSize: pairSchema });
const inputShapeSchema = looseObject({ inputShape: tuple([number(), number(), number(), number()]) });
const filterShapeSchema = looseObject({ filterShape: tuple([number(), number(), number(), number()]) });

type Shape4 = [number, number, number, number];

/** @throws Error if the tensor has another number of dimensions. */
export function shape4({ shape }: { readonly shape: readonly number[] }): Shape4 {
  const [first, second, third, fourth, ...others] = shape;
  if (
    first === undefined ||
    second === undefined ||
    third === undefined ||
    fourth === undefined ||
    others.length > 0
  )
    throw new Error(`A tensor of four dimensions was expected, not of ${shape.length}.`);
  return [first, second, third, fourth];
}

export function inputShapeOf(attributes: unknown): Shape4 {
  return parse(inputShapeSchema, attributes).inputShape;
}

export function filterShapeOf(attributes: unknown): Shape4 {
  return parse(filterShapeSchema, attributes).filterShape;
}

/** The sizes, strides and padding of a convolution as tfjs's attributes tell them. */
export function convolutionWindow(
  attributes: unknown,
  inputShape: Shape4,
  filterShape: Shape4,
  depthwise = false,
) {
  const { strides, pad, dilations, dimRoundingMode } = parse(windowAttributesSchema, attributes);
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode ?? undefined,
    depthwise,
  );
}

/** The sizes, strides and padding of a pooling as tfjs's attributes tell them. */
export function poolingWindow(attributes: unknown, inputShape: Shape4) {
  const { strides, pad, dimRoundingMode } = parse(windowAttributesSchema, attributes);
  const { filterSize } = parse(filterSizeSchema, attributes);
  return tf.backend_util.computePool2DInfo(
    inputShape,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode ?? undefined,
  );
}

export type Window = tf.backend_util.Conv2DInfo;

/** Whether a window holds 3 × 3 pixels and there is one around every pixel. */
export function isThreeByThree(window: Window): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = window;
  const ones = [strideHeight, strideWidth, dilationHeight, dilationWidth].every((step) => step === 1);
  return ones && filterHeight === 3 && filterWidth === 3;
}
