/** Height or width after a window of 'same' padding, and how many places the padding adds before the first. */
function samePlaces(size: number, kernel: number, stride: number): { count: number; before: number } {
  const count = Math.ceil(size / stride);
  return { count, before: Math.floor(Math.max(0, (count - 1) * stride + kernel - size) / 2) };
}

/** `[batch, height, width, channels]` */
export type ImageShape = readonly [number, number, number, number];

type Visit = (output: number, input: number, channel: number, tap: number) => void;

/** Every pair of an output position and an input position in its window: offsets of their first channels. */
function visitWindows(
  [batch, height, width, channels]: ImageShape,
  kernel: number,
  stride: number,
  visit: Visit,
): void {
  const rows = samePlaces(height, kernel, stride);
  const columns = samePlaces(width, kernel, stride);
  for (let image = 0; image < batch; image++) {
    for (let row = 0; row < rows.count; row++) {
      for (let column = 0; column < columns.count; column++) {
        for (let tap = 0; tap < kernel * kernel; tap++) {
          const y = row * stride + Math.floor(tap / kernel) - rows.before;
          const x = column * stride + (tap % kernel) - columns.before;
          if (y < 0 || y >= height || x < 0 || x >= width) continue;
          const output = (image * rows.count + row) * columns.count + column;
          for (let channel = 0; channel < channels; channel++) {
            visit(output, ((image * height + y) * width + x) * channels + channel, channel, tap);
          }
        }
      }
    }
  }
}

function outputPlaces([batch, height, width]: ImageShape, stride: number): number {
  return batch * Math.ceil(height / stride) * Math.ceil(width / stride);
}

/** A convolution of 'same' padding by its definition, in float64; `filter` is `[kernel, kernel, in, out]`. */
export function plainConvolution(
  x: readonly number[],
  shape: ImageShape,
  filter: readonly number[],
  kernel: number,
  stride: number,
): number[] {
  const filters = filter.length / (kernel * kernel * shape[3]);
  const result = new Array<number>(outputPlaces(shape, stride) * filters).fill(0);
  visitWindows(shape, kernel, stride, (output, input, channel, tap) => {
    for (let each = 0; each < filters; each++) {
      result[output * filters + each]! += x[input]! * filter[(tap * shape[3] + channel) * filters + each]!;
    }
  });
  return result;
}

/** The maxima of windows of 'same' padding. */
export function plainMaxPool(
  x: readonly number[],
  shape: ImageShape,
  size: number,
  stride: number,
): number[] {
  const result = new Array<number>(outputPlaces(shape, stride) * shape[3]).fill(Number.NEGATIVE_INFINITY);
  visitWindows(shape, size, stride, (output, input, channel) => {
    const at = output * shape[3] + channel;
    result[at] = Math.max(result[at]!, x[input]!);
  });
  return result;
}

/** Each pixel repeated `factor` times in both directions. */
export function plainEnlargement(
  x: readonly number[],
  [batch, height, width, channels]: ImageShape,
  factor: number,
): number[] {
  const result: number[] = [];
  for (let row = 0; row < batch * height * factor; row++) {
    for (let column = 0; column < width * factor; column++) {
      const pixel = Math.floor(row / factor) * width + Math.floor(column / factor);
      result.push(...x.slice(pixel * channels, (pixel + 1) * channels));
    }
  }
  return result;
}

/** Batch normalisation by the batch's own mean and variance (Ioffe and Szegedy 2015, algorithm 1). */
export function plainBatchNorm(
  x: readonly number[],
  gamma: readonly number[],
  beta: readonly number[],
  epsilon: number,
): number[] {
  const channels = gamma.length;
  const count = x.length / channels;
  const sums = (term: (value: number, channel: number) => number): number[] => {
    const result = new Array<number>(channels).fill(0);
    x.forEach((value, index) => {
      result[index % channels]! += term(value, index % channels) / count;
    });
    return result;
  };
  const mean = sums((value) => value);
  const variance = sums((value, channel) => (value - mean[channel]!) ** 2);
  return x.map((value, index) => {
    const channel = index % channels;
    return (
      ((value - mean[channel]!) / Math.sqrt(variance[channel]! + epsilon)) * gamma[channel]! + beta[channel]!
    );
  });
}
