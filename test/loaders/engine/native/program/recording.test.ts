import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import type { NativeBackend } from "../../../../../loaders/engine/native/nativeBackend.js";
import { record } from "../../../../../loaders/engine/native/program/recording.js";
import { addingBackend } from "./watchedBackend.js";

/** A tensor that stands for the backend's tensor of this number. */
function numbered(id: number): tf.Tensor {
  const tensor = tf.scalar(0);
  Object.defineProperty(tensor, "dataId", { value: { id } });
  return tensor;
}

/** Adds two tensors by their numbers; gives the sum's. */
const add = ({ binding }: NativeBackend, inputs: readonly number[]) =>
  binding.executeOp("Add", [], inputs, 1)[0]!.id;

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("a recording", () => {
  it("notes operations, constants and what was there before", () => {
    const { backend, values } = addingBackend();
    values.push(10, 20);
    const [fed, outside] = [numbered(0), numbered(1)];
    const recording = record(backend, [fed], () => {
      const [a, b] = backend.getInputTensorIds([fed, outside]);
      const sum = add(backend, [a!, b!]);
      const one = backend.binding.createTensor([], 1, Float32Array.of(1));
      const more = add(backend, [sum, one]);
      return [numbered(more)];
    });
    expect(values).toEqual([10, 20, 30, 1, 31]);
    expect(recording.feeds).toEqual([0]);
    expect(recording.results).toEqual([4]);
    expect(
      recording.operations.map(({ operation, inputs, outputs }) => [operation, inputs, outputs]),
    ).toEqual([
      ["Add", [0, 1], [2]],
      ["Add", [2, 3], [4]],
    ]);
    const constants = [...recording.constants].map(([id, { bytes }]) => [
      id,
      new Float32Array(bytes.buffer)[0],
    ]);
    expect(constants).toEqual([
      [1, 20],
      [3, 1],
    ]);
  });

  it("keeps a constant as it was when it was made", () => {
    const { backend } = addingBackend();
    const values = Float32Array.of(5);
    const { constants } = record(backend, [], () => {
      const id = backend.binding.createTensor([], 1, values);
      values[0] = 6;
      return [numbered(id)];
    });
    expect(new Float32Array(constants.get(0)!.bytes.buffer)[0]).toBe(5);
  });

  it("refuses to have a computed or a fed value read", () => {
    const { backend, values } = addingBackend();
    values.push(1);
    const fed = numbered(0);
    const reading = (id: (sum: number) => number) => () =>
      record(backend, [fed], () => {
        const sum = add(backend, [0, 0]);
        backend.binding.tensorDataSync(id(sum));
        return [fed];
      });
    expect(reading((sum) => sum)).toThrow("reads a value it has computed");
    expect(reading(() => 0)).toThrow("reads a value it has computed");
  });

  it("leaves the backend as it was, also when the computation fails", () => {
    const { backend } = addingBackend();
    const { binding, getInputTensorIds } = backend;
    expect(() =>
      record(backend, [], () => {
        throw new Error("no luck");
      }),
    ).toThrow("no luck");
    expect(backend.binding).toBe(binding);
    expect(backend.getInputTensorIds).toBe(getInputTensorIds);
  });
});
