import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { selfTest } from "../../../../loaders/engine/selfTest/selfTest.js";
import { skippedFor } from "../../../skippedFor.js";
import { testedEngines } from "../engines.js";

const operations = ["convolution, stride 1", "convolution, stride 2", "max pool", "resize", "batch norm"];

for (const { name, skipped, start } of await testedEngines()) {
  describe(`the self-test on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);

    it("finds every operation right, value and gradient, and leaves no tensor behind", async () => {
      const before = tf.memory().numTensors;
      const results = await selfTest();
      expect(results.map(({ operation }) => operation)).toEqual(operations);
      expect(results.filter(({ right }) => !right)).toEqual([]);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

describe("the self-test", () => {
  const replaced: tf.KernelConfig[] = [];
  beforeAll(async () => {
    const [wasm] = await testedEngines();
    await wasm!.start();
  });
  afterEach(() => {
    for (const kernel of replaced.splice(0)) {
      tf.unregisterKernel(kernel.kernelName, kernel.backendName);
      tf.registerKernel(kernel);
    }
  });

  /** Lets a kernel's first output come out as `spoil` makes it. */
  function spoilKernel(kernelName: string, spoil: (values: Float32Array) => Float32Array): void {
    const right = tf.getKernel(kernelName, "wasm");
    replaced.push(right);
    tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      ...right,
      kernelFunc: (call) => {
        const outputs = right.kernelFunc(call);
        const [first] = Array.isArray(outputs) ? outputs : [outputs];
        const values = tf.engine().backend.readSync(first!.dataId);
        if (!(values instanceof Float32Array)) throw new Error(`${kernelName} gives no float32.`);
        const dataId = tf.engine().backend.write(spoil(values), first!.shape, first!.dtype);
        return { dataId, shape: first!.shape, dtype: first!.dtype };
      },
    });
  }

  const wrong = async (): Promise<string[]> =>
    (await selfTest()).filter(({ right }) => !right).map(({ operation }) => operation);

  it("finds a max pool wrong whose values are a thousandth off", async () => {
    spoilKernel("MaxPool", (values) => values.map((value) => value + 1e-3));
    expect(await wrong()).toEqual(["max pool"]);
  });

  it("finds a convolution wrong whose gradient alone is doubled", async () => {
    spoilKernel("Conv2DBackpropFilter", (values) => values.map((value) => 2 * value));
    const results = await selfTest();
    const [first] = results;
    expect(first!.valueError).toBeLessThan(1e-5);
    expect(first!.gradientError).toBeGreaterThan(0.1);
    expect(results.filter(({ right }) => !right).map(({ operation }) => operation)).toEqual([
      "convolution, stride 1",
      "convolution, stride 2",
    ]);
  });

  it("takes a value that is not a number for an infinite error", async () => {
    spoilKernel("MaxPool", (values) => values.map(() => Number.NaN));
    const result = (await selfTest()).find(({ operation }) => operation === "max pool");
    expect(result).toMatchObject({ valueError: Number.POSITIVE_INFINITY, right: false });
  });
});
