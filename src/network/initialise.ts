import { randomNormal } from "d3-random";
import { sizeOf, type TensorSpec } from "../architecture/layers/tensors.js";
import { randomStream } from "./random.js";

/** Weights as plain numbers, by tensor name. */
export type Values = ReadonlyMap<string, Float32Array>;

/**
 * Weights before training. Each tensor has its own stream, from the seed and its name, so a layer shared by two
 * networks starts alike in both.
 */
export function initialValues(specs: readonly TensorSpec[], seed: number): Map<string, Float32Array> {
  return new Map(specs.map((spec) => [spec.name, drawn(spec, seed)]));
}

function drawn({ name, shape, initializer, fanIn }: TensorSpec, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  switch (initializer.kind) {
    case "constant":
      return values.fill(initializer.value);
    case "normal":
      return fillFrom(values, randomNormal.source(randomStream(seed, name))(0, initializer.deviation));
    case "variance-scaling": {
      // A normal cut at two deviations has 0.8796 of its deviation left; TensorFlow makes up for it the same way.
      const deviation = Math.sqrt(1 / fanIn) / 0.87962566103423978;
      const normal = randomNormal.source(randomStream(seed, name))(0, 1);
      return fillFrom(values, () => deviation * truncated(normal));
    }
  }
}

function truncated(normal: () => number): number {
  let value = normal();
  while (Math.abs(value) > 2) value = normal();
  return value;
}

function fillFrom(values: Float32Array, draw: () => number): Float32Array {
  for (let index = 0; index < values.length; index++) values[index] = draw();
  return values;
}
