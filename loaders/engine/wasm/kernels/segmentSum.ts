import * as tf from "@tensorflow/tfjs-core";
import { looseObject, number, parse } from "valibot";
import { floats, integers, wasmKernel } from "../wasmKernel.js";

const attributesSchema = looseObject({ numSegments: number() });

/** The sum of the slices that share a segment's id; a negative id drops its slice. Stock 4.22 has none. */
export const segmentSum = wasmKernel(tf.UnsortedSegmentSum, ({ input, attributes, backend }) => {
  const xInfo = input("x");
  const idsInfo = input("segmentIds");
  const { numSegments } = parse(attributesSchema, attributes);
  const sliceShape = xInfo.shape.slice(idsInfo.shape.length);
  const sliceSize = tf.util.sizeFromShape(sliceShape);
  const output = backend.makeOutput([numSegments, ...sliceShape], "float32");
  const sums = floats(backend, output);
  const x = floats(backend, xInfo);
  sums.fill(0);
  integers(backend, idsInfo).forEach((id, slice) => {
    if (id < 0 || id >= numSegments) return;
    for (let i = 0; i < sliceSize; i++) sums[id * sliceSize + i]! += x[slice * sliceSize + i]!;
  });
  return output;
});
