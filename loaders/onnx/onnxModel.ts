import type { Graph } from "../../src/architecture/layers/layersOf.js";
import type { Values } from "../../src/network/initialise.js";
import { type BatchSize, encodeOnnx } from "./encodeOnnx.js";
import { initializersOf } from "./initializersOf.js";
import type { OnnxNode } from "./node.js";
import { nodesOf } from "./nodesOf.js";

interface OnnxOptions {
  /** Images per run: a number, or "batch" for any. */
  readonly batch: BatchSize;
  /** Free text about the network, by key: the format's `metadata_props`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A network as an ONNX file, for other runtimes. Its input is "images", `[batch, 3, height, width]`; its outputs are
 * "class_level3" … and "box_level3" …, `[batch, height, width, channels]` as in our networks, or "logits",
 * `[batch, classes]`.
 */
export function onnxModel(
  { layers, outputs }: Graph,
  values: Values,
  { batch, metadata = {} }: OnnxOptions,
): Uint8Array {
  const initializers = initializersOf(layers, values);
  const shapes = new Map(layers.map(({ name, shape }) => [name, shape]));
  const nodes: OnnxNode[] = [];
  for (const layer of layers) {
    const added = nodesOf(layer, shapes);
    nodes.push(...added.nodes);
    initializers.push(...(added.initializers ?? []));
  }
  const results = outputs.map(({ layer, kind, level }) => {
    const name = level === undefined ? kind : `${kind}_level${level}`;
    const shape = shapes.get(layer)!;
    if (shape.length === 1) {
      nodes.push({ op: "Identity", inputs: [layer], output: name });
    } else {
      const attributes = { perm: { ints: [0, 2, 3, 1] } };
      nodes.push({ op: "Transpose", inputs: [layer], output: name, attributes });
    }
    return { name, shape: [batch, ...shape] };
  });
  const [height, width, channels] = layers[0]!.shape as readonly [number, number, number];
  const images = { name: "images", shape: [batch, channels, height, width] };
  return encodeOnnx({ nodes, initializers, inputs: [images], outputs: results, metadata });
}
