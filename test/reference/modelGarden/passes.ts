import { readFileSync } from "node:fs";
import { sizeOf, type TensorSpec } from "../../../src/architecture/layers/tensors.js";

/** An array's values in full, or of a large one every `step`-th, its mean and its root mean square. */
interface Summary {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly step?: number;
  readonly mean?: number;
  readonly rootMeanSquare?: number;
}

export interface ReferencePass {
  readonly model: "spinenet-49" | "resnet-50-fpn" | "spinenet-mobile-49";
  readonly mode: "inference" | "training";
  readonly batch: number;
  readonly size: readonly [height: number, width: number];
  readonly maps: readonly (Summary & { readonly kind: "class" | "box"; readonly level: number })[];
  /** Of the first channel of each batch norm, after a training pass: `[mean, variance]`. */
  readonly movedStatistics?: Readonly<Record<string, readonly [number, number]>>;
}

interface ReferenceDetection {
  readonly anchors: readonly {
    readonly size: readonly [height: number, width: number];
    readonly anchorSize: number;
    readonly levels: readonly Summary[];
  }[];
  readonly images: readonly {
    readonly boxes: readonly (readonly number[])[];
    readonly classes: readonly number[];
    readonly positives: readonly number[];
    readonly classTargets: readonly number[];
    readonly codes: readonly number[];
  }[];
  readonly loss: { readonly total: number; readonly classLoss: number; readonly boxLoss: number };
  readonly decoded: Summary;
  readonly detections: readonly {
    readonly clip: readonly [height: number, width: number];
    readonly boxes: readonly number[];
    readonly scores: readonly number[];
    readonly channels: readonly number[];
  }[];
}

interface Reference {
  readonly passes: readonly ReferencePass[];
  readonly detection: ReferenceDetection;
  readonly parameters: Readonly<Record<string, { readonly trainable: number; readonly statistics: number }>>;
}

/** What passes.py wrote. */
export const modelGarden: Reference = JSON.parse(
  readFileSync(new URL("passes.json", import.meta.url), "utf8"),
);

const prime = 999_983;

/** Numbers in [0, 1) by a name. Whole numbers below 2^53 throughout, so that Python gets the same ones. */
function noise(name: string, count: number): Float64Array {
  let seed = 0;
  for (let index = 0; index < name.length; index++) seed = (seed * 31 + name.charCodeAt(index)) % prime;
  const values = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    let state = (index * 7919 + seed) % prime;
    state = (state * state + index) % prime;
    state = (state * state + seed) % prime;
    values[index] = state / prime;
  }
  return values;
}

export function noiseBetween(name: string, count: number, low: number, high: number): Float32Array {
  return Float32Array.from(noise(name, count), (value) => low + value * (high - low));
}

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  bias: [-0.1, 0.1],
  gamma: [0.75, 1.25],
  beta: [-0.25, 0.25],
  mean: [-0.25, 0.25],
  variance: [0.5, 1.5],
};

/** The values that passes.py gives the variable that is this tensor. */
export function formulaTensor({ name, shape, fanIn }: TensorSpec): Float32Array {
  const part = name.slice(name.lastIndexOf("/") + 1);
  const limit = Math.sqrt(3 / fanIn);
  const [low, high] = part === "kernel" ? [-limit, limit] : ranges[part]!;
  return noiseBetween(name, sizeOf(shape), low, high);
}

/** The images that passes.py feeds: `[batch, height, width, 3]`. */
export function formulaImages(batch: number, height: number, width: number): Float32Array {
  const [rows, columns] = [height / 16, width / 16];
  const fine = noise("image", batch * height * width * 3);
  const coarse = noise("patches", batch * rows * columns * 3);
  return Float32Array.from(fine, (value, index) => {
    const channel = index % 3;
    const pixel = (index - channel) / 3;
    const column = pixel % width;
    const row = Math.floor(pixel / width);
    const patch = Math.floor(row / 16) * columns + Math.floor(column / 16);
    return (coarse[patch * 3 + channel]! * 2 - 1) * 1.5 + (value * 2 - 1) * 0.5;
  });
}
