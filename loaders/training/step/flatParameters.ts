import * as tf from "@tensorflow/tfjs-core";
import { sizeOf, type TensorSpec } from "../../../src/architecture/layers/tensors.js";
import type { Values } from "../../../src/network/initialise.js";
import type { TensorsByName } from "../../../src/network/tensorsByName.js";

/**
 * Named tensors concatenated into one vector. An optimiser then needs a handful of operations per step; dispatching
 * them for each of some 500 tensors would cost more than the arithmetic.
 */
export class FlatLayout {
  readonly length: number;
  private readonly sizes: readonly number[];

  constructor(readonly specs: readonly TensorSpec[]) {
    this.sizes = specs.map(({ shape }) => sizeOf(shape));
    this.length = this.sizes.reduce((sum, size) => sum + size, 0);
  }

  /** The named tensors as views of `flat`; differentiable. */
  split(flat: tf.Tensor1D): TensorsByName {
    const parts = tf.split(flat, [...this.sizes]);
    return new Map(this.specs.map(({ name, shape }, index) => [name, tf.reshape(parts[index]!, [...shape])]));
  }

  /** Concatenates named values into one vector. */
  join(values: Values): Float32Array {
    const flat = new Float32Array(this.length);
    let offset = 0;
    this.specs.forEach(({ name }, index) => {
      const value = values.get(name);
      if (value === undefined || value.length !== this.sizes[index]) {
        throw new Error(`The weights need ${this.sizes[index]} numbers for "${name}".`);
      }
      flat.set(value, offset);
      offset += value.length;
    });
    return flat;
  }

  /** The inverse of {@link join}. */
  values(flat: Float32Array): Map<string, Float32Array> {
    let offset = 0;
    return new Map(
      this.specs.map(({ name }, index) => {
        const value = flat.slice(offset, offset + this.sizes[index]!);
        offset += value.length;
        return [name, value];
      }),
    );
  }

  /** 1 where weight decay applies, i.e. in kernels, and 0 elsewhere. */
  decayMask(): Float32Array {
    const mask = new Float32Array(this.length);
    let offset = 0;
    this.specs.forEach(({ role }, index) => {
      const size = this.sizes[index]!;
      if (role === "kernel") mask.fill(1, offset, offset + size);
      offset += size;
    });
    return mask;
  }
}
