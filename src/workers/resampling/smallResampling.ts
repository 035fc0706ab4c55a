import * as tf from "@tensorflow/tfjs-core";
import type { SmallConnection, SmallMap } from "../../architecture/drawing/smallConnection.js";
import { smallPattern } from "./smallPattern.js";

/** C of either side, in channels. */
const width = 4;
/** Cells along a side of the larger map. */
const cells = 32;

const channelsOf = (kind: SmallConnection["parent"]): 4 | 16 => (kind === "bottleneck" ? 16 : 4);

/**
 * Resamples a small map on tfjs's current backend: 1×1 to αC, strided 3×3 and max pools or nearest upsampling, 1×1 to
 * the target, as `addResampling` has it, but without batch norm. No weight and no value is below zero, so that ReLU
 * would change nothing.
 *
 * @returns the parent's map and the map after each operation
 */
export async function resampleSmall(connection: SmallConnection): Promise<SmallMap[]> {
  const { direction, ratio, parent } = connection;
  const channels = channelsOf(parent);
  const size = direction === "up" ? cells / ratio : cells;
  const maps = tf.tidy(() => {
    const map = tf.tensor4d(smallPattern(size, channels), [1, size, size, channels]);
    const taken: { operation: SmallMap["operation"]; map: tf.Tensor4D }[] = [{ operation: "parent", map }];
    for (const [operation, apply] of operationsOf(connection)) {
      taken.push({ operation, map: apply(taken.at(-1)!.map) });
    }
    return taken;
  });
  try {
    return await Promise.all(
      maps.map(async ({ operation, map }) => {
        const [, height, width, channels] = map.shape;
        return { operation, height, width, channels, values: Float32Array.from(await map.data()) };
      }),
    );
  } finally {
    tf.dispose(maps);
  }
}

type Operation = readonly [name: SmallMap["operation"], apply: (map: tf.Tensor4D) => tf.Tensor4D];

function operationsOf({ direction, ratio, alpha, parent, target }: SmallConnection): Operation[] {
  if (direction === "as it is") return [];
  const filters = Math.trunc(width * alpha);
  const convolution =
    (kernel: tf.Tensor4D, stride = 1) =>
    (map: tf.Tensor4D) =>
      tf.conv2d(map, kernel, stride, "same");
  const pool: Operation = ["pool", (map) => tf.maxPool(map, 3, 2, "same")];
  const resizing: Readonly<Record<typeof direction, () => Operation[]>> = {
    down: () => [
      ["down", convolution(smoothingKernel(filters), 2)],
      ...new Array<Operation>(Math.max(Math.log2(ratio) - 1, 0)).fill(pool),
    ],
    same: () => [],
    up: () => [["repeat", (map) => tf.image.resizeNearestNeighbor(map, [cells, cells])]],
  };
  return [
    ["reduce", convolution(reducingKernel(channelsOf(parent), filters))],
    ...resizing[direction](),
    ["expand", convolution(expandingKernel(filters, channelsOf(target)))],
  ];
}

/** Each filter is the mean of adjacent channels. */
function reducingKernel(from: number, to: number): tf.Tensor4D {
  const groupOf = (channel: number): number => Math.floor((channel * to) / from);
  const sizes = new Map<number, number>();
  for (let channel = 0; channel < from; channel++) {
    sizes.set(groupOf(channel), (sizes.get(groupOf(channel)) ?? 0) + 1);
  }
  return kernel(1, from, to, (_, input, output) =>
    groupOf(input) === output ? 1 / (sizes.get(output) ?? 1) : 0,
  );
}

/** Each channel separately, weighted 1 2 1 along rows and columns and divided by 16. */
function smoothingKernel(channels: number): tf.Tensor4D {
  const weights = [1, 2, 1, 2, 4, 2, 1, 2, 1];
  return kernel(3, channels, channels, (cell, input, output) => (input === output ? weights[cell]! / 16 : 0));
}

/** Each channel is a copy of the filter that its counterpart was averaged into. */
function expandingKernel(from: number, to: number): tf.Tensor4D {
  return kernel(1, from, to, (_, input, output) => (Math.floor((output * from) / to) === input ? 1 : 0));
}

function kernel(
  window: number,
  from: number,
  to: number,
  weight: (cell: number, input: number, output: number) => number,
): tf.Tensor4D {
  const values = new Float32Array(window * window * from * to);
  values.forEach((_, index) => {
    values[index] = weight(Math.floor(index / (from * to)), Math.floor(index / to) % from, index % to);
  });
  return tf.tensor4d(values, [window, window, from, to]);
}
