import type { Layer } from "../architecture/layers/layer.js";

/** The layers that read each layer's result, by its name; a layer that reads it twice is listed twice. */
export function readersOf(layers: readonly Layer[]): Map<string, Layer[]> {
  const readers = new Map(layers.map(({ name }): [string, Layer[]] => [name, []]));
  for (const layer of layers) {
    for (const input of layer.inputs) readers.get(input)?.push(layer);
  }
  return readers;
}
