import type { Layer, Padding } from "../layers/layer.js";

/** From the first to the last of a row of pixels or cells, both included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Which pixels of the input the cells of a map depend on, along one axis, if the image had no edges. */
export interface ReceptiveField {
  /** Pixels from one cell to the next. */
  readonly stride: number;
  /**
   * Of cells 0, 1, …; cell `spans.length` depends on what cell 0 does, `spans.length` strides further on, and so on.
   * More than one where maps were enlarged: cells that repeat the same coarse cell have different places in its field.
   */
  readonly spans: readonly Span[];
}

/**
 * The receptive field of every layer's cells, by layer name: from the first to the last pixel that any chain of layers
 * leads from. Pixels in between count, and where inputs are added the span covers all of theirs: the smallest that
 * holds them all. A window of k cells and stride s reads cells s·i − p … s·i − p + k − 1, where p is the padding
 * before the first cell (of 'same' padding the smaller half, ⌊total / 2⌋); nearest-neighbour enlarging by r reads cell
 * ⌊i / r⌋; activations and batch norms, with the statistics they have after training, read their own cell. A global
 * pool reads everything.
 *
 * Cells beyond an image's edge are treated as if the image continued, so a field can be larger than the image.
 *
 * @param axis 0 along the height, 1 along the width
 * @throws Error where a map is enlarged by a ratio that is not a whole number
 */
export function receptiveFields(layers: readonly Layer[], axis: 0 | 1 = 0): Map<string, ReceptiveField> {
  const known = new Map<string, ReceptiveField>();
  const sides = new Map(layers.map(({ name, shape }) => [name, shape[axis] ?? 1]));
  for (const layer of layers) {
    const inputs = layer.inputs.map((name) => known.get(name)!);
    const side = sides.get(layer.inputs[0] ?? layer.name)!;
    known.set(layer.name, fieldOf(layer, inputs, side, sides.get(layer.name)!, axis));
  }
  return known;
}

function fieldOf(
  layer: Layer,
  inputs: readonly ReceptiveField[],
  side: number,
  outputSide: number,
  axis: 0 | 1,
): ReceptiveField {
  const input = inputs[0];
  if (input === undefined) return { stride: 1, spans: [{ first: 0, last: 0 }] };
  switch (layer.op) {
    case "conv":
    case "depthwiseConv": {
      const { kernelSize, stride, padding } = layer.attributes;
      return throughWindow(input, kernelSize, stride, paddingBefore(padding, axis, side, kernelSize, stride));
    }
    case "maxPool": {
      const { size, stride } = layer.attributes;
      return throughWindow(input, size, stride, paddingBefore("same", axis, side, size, stride));
    }
    case "resizeNearest":
      return enlarged(input, outputSide / side, layer.name);
    case "globalAveragePool":
    case "dense":
      return {
        stride: input.stride,
        spans: [{ first: Number.NEGATIVE_INFINITY, last: Number.POSITIVE_INFINITY }],
      };
    default:
      return together(inputs);
  }
}

/** What one cell depends on, before any cut at the image's edges. */
export function spanOfCell({ stride, spans }: ReceptiveField, cell: number): Span {
  const turn = Math.floor(cell / spans.length);
  const { first, last } = spans[cell - turn * spans.length]!;
  const moved = turn * spans.length * stride;
  return { first: first + moved, last: last + moved };
}

/** How many pixels the cell that sees most depends on, along the axis. */
export function fieldSide({ spans }: ReceptiveField): number {
  return Math.max(...spans.map(({ first, last }) => last - first + 1));
}

/** TensorFlow's 'same' puts what is odd after the last cell. */
function paddingBefore(padding: Padding, axis: 0 | 1, side: number, window: number, stride: number): number {
  if (padding !== "same") return padding[axis][0];
  const total = Math.max((Math.ceil(side / stride) - 1) * stride + window - side, 0);
  return Math.floor(total / 2);
}

function throughWindow(
  input: ReceptiveField,
  window: number,
  stride: number,
  before: number,
): ReceptiveField {
  const { length } = input.spans;
  const cells = length / greatestCommonDivisor(length, stride);
  return {
    stride: input.stride * stride,
    spans: Array.from({ length: cells }, (_, cell) => {
      const start = cell * stride - before;
      // Fields move with their cells, so the window's first and last cell bound all of it.
      return { first: spanOfCell(input, start).first, last: spanOfCell(input, start + window - 1).last };
    }),
  };
}

function enlarged(input: ReceptiveField, ratio: number, name: string): ReceptiveField {
  if (!Number.isInteger(ratio)) {
    throw new Error(
      `The layer ${name} enlarges a map ${ratio} times; receptive fields are known where that is a whole number. ` +
        "Let the input's sides be multiples of the coarsest level's stride.",
    );
  }
  return {
    stride: input.stride / ratio,
    spans: Array.from({ length: input.spans.length * ratio }, (_, cell) =>
      spanOfCell(input, Math.floor(cell / ratio)),
    ),
  };
}

function together(inputs: readonly ReceptiveField[]): ReceptiveField {
  if (inputs.length === 1) return inputs[0]!;
  const length = inputs.reduce((all, { spans }) => leastCommonMultiple(all, spans.length), 1);
  return {
    stride: inputs[0]!.stride,
    spans: Array.from({ length }, (_, cell) => {
      const spans = inputs.map((input) => spanOfCell(input, cell));
      return {
        first: Math.min(...spans.map(({ first }) => first)),
        last: Math.max(...spans.map(({ last }) => last)),
      };
    }),
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function leastCommonMultiple(a: number, b: number): number {
  return (a * b) / greatestCommonDivisor(a, b);
}
