import * as tf from "@tensorflow/tfjs-core";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../../loaders/engine/startEngine.js";
import { FlatLayout } from "../../../../loaders/training/step/flatParameters.js";
import { sizeOf, type TensorSpec } from "../../../../src/architecture/layers/tensors.js";

const spec = (name: string, shape: readonly number[], role: TensorSpec["role"] = "kernel"): TensorSpec => ({
  name,
  role,
  shape,
  trainable: true,
  initializer: { kind: "constant", value: 0 },
  fanIn: 1,
});
const layout = new FlatLayout([
  spec("a/kernel", [1, 1, 2, 2]),
  spec("a/bias", [2], "bias"),
  spec("n/gamma", [1], "gamma"),
]);

describe("a flat layout", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("gives back by name what it joined, as numbers and as tensors of their shapes", () => {
    const shapes = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(shapes, (all) => {
        const specs = all.map((shape, index) => spec(`t${index}`, shape));
        let next = 0;
        const values = new Map(
          specs.map(({ name, shape }) => [name, Float32Array.from({ length: sizeOf(shape) }, () => next++)]),
        );
        const any = new FlatLayout(specs);
        const flat = any.join(values);
        expect([...flat]).toEqual([...flat.keys()]);
        expect(any.values(flat)).toEqual(values);
        tf.tidy(() => {
          for (const [name, tensor] of any.split(tf.tensor1d(flat))) {
            expect(tensor.shape).toEqual(specs.find((each) => each.name === name)!.shape);
            expect(tensor.dataSync()).toEqual(values.get(name));
          }
        });
      }),
      { numRuns: 30 },
    );
  });

  it("lets decay at kernels only", () => {
    expect([...layout.decayMask()]).toEqual([1, 1, 1, 1, 0, 0, 0]);
  });

  it("refuses values that lack a tensor, or hold one of another size", () => {
    const values = new Map([["a/kernel", new Float32Array(3)]]);
    expect(() => layout.join(values)).toThrow('The weights need 4 numbers for "a/kernel".');
    expect(() => layout.join(new Map())).toThrow('The weights need 4 numbers for "a/kernel".');
  });

  it("carries gradients back to the one vector", () => {
    const gradient = tf.tidy(() => {
      const loss = (flat: tf.Tensor) => {
        const parts = layout.split(flat as tf.Tensor1D);
        return tf.add(
          tf.sum(tf.mul(parts.get("a/bias")!, [2, 3])),
          tf.sum(parts.get("n/gamma")!),
        ) as tf.Scalar;
      };
      return Array.from(
        tf
          .grad(loss)(tf.zeros([7]))
          .dataSync(),
      );
    });
    expect(gradient).toEqual([0, 0, 0, 0, 2, 3, 1]);
  });
});
