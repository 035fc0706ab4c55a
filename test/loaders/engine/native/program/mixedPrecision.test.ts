import { describe, expect, it } from "vitest";
import { bfloat16Form } from "../../../../../loaders/engine/native/program/mixedPrecision.js";

const map = (rounded: boolean, from = "Conv2D", shape = [2, 8, 8, 16]) => ({ rounded, from, shape });
const [half, full] = [map(true), map(false)];

/** The operation to use, and which of three inputs are of its type; undefined where it computes in float32. */
function formOf(name: string, ...inputs: ReturnType<typeof map>[]) {
  const form = bfloat16Form(name, inputs);
  return form && [form.name, [0, 1, 2].map(form.isOfType)];
}

describe("in a bfloat16 program", () => {
  it("convolutions and matrix products are bfloat16 whatever they read", () => {
    for (const name of ["Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter", "BatchMatMulV2"]) {
      expect(formOf(name, full, full)).toEqual([name, [true, true, true]]);
    }
  });

  it("batch norm takes maps in bfloat16, but scales, shifts and statistics in float32", () => {
    expect(formOf("SpineNetBatchNorm", half, full, full)).toEqual([
      "SpineNetBatchNorm",
      [true, false, false],
    ]);
    expect(formOf("SpineNetBatchNormGrad", half, full, full)).toEqual([
      "SpineNetBatchNormGrad",
      [true, true, false],
    ]);
    expect(formOf("SpineNetBatchNorm", full, full, full)).toBeUndefined();
  });

  it("maps are added by our operation where all are bfloat16 and of one shape", () => {
    const sum = ["SpineNetAdd", [true, true, true]];
    for (const name of ["Add", "AddV2"]) expect(formOf(name, half, half)).toEqual(sum);
    expect(formOf("AddN", half, half, half)).toEqual(sum);
    expect(formOf("Add", half, full)).toBeUndefined();
    expect(formOf("Add", half, map(true, "Conv2D", [16]))).toBeUndefined();
    expect(formOf("AddN", half)).toBeUndefined();
  });

  it("a ReLU is ours, but for the one after a bias, which TensorFlow merges into the convolution", () => {
    expect(formOf("Relu", half)![0]).toBe("SpineNetRelu");
    expect(formOf("Relu", map(true, "BiasAdd"))![0]).toBe("Relu");
    expect(formOf("Relu", full)).toBeUndefined();
    expect(formOf("ReluGrad", full, half)![0]).toBe("SpineNetReluGrad");
    expect(formOf("ReluGrad", half, full)).toBeUndefined();
  });

  it("what carries maps goes along with them, and all else is float32", () => {
    for (const name of ["BiasAdd", "MaxPool", "ResizeNearestNeighbor", "Reshape"]) {
      expect(formOf(name, half)![0]).toBe(name);
      expect(formOf(name, full)).toBeUndefined();
    }
    for (const name of ["Softplus", "Sigmoid", "Mul", "Sum", "Sqrt", "Exp"]) {
      expect(formOf(name, half, half)).toBeUndefined();
    }
  });
});
