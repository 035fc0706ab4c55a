import type { Layer } from "../../../src/architecture/layers/layer.js";

/** The layers whose names begin so, in order. */
export function layersNamed(layers: readonly Layer[], prefix: string): Layer[] {
  return layers.filter(({ name }) => name.startsWith(prefix));
}

/** The layers of a block and of the connections into it, in order. */
export function ofBlock(layers: readonly Layer[], id: number): Layer[] {
  return layers.filter(({ part }) =>
    part.kind === "connection" ? part.child === id : part.kind === "block" && part.block === id,
  );
}

/** One layer, told shortly: "conv 3×3/2 → 20×20×128". */
export function told(layer: Layer): string {
  const window = ((): string => {
    switch (layer.op) {
      case "conv":
      case "depthwiseConv":
        return ` ${layer.attributes.kernelSize}×${layer.attributes.kernelSize}/${layer.attributes.stride}`;
      case "maxPool":
        return ` ${layer.attributes.size}×${layer.attributes.size}/${layer.attributes.stride}`;
      case "activation":
        return ` ${layer.attributes.kind}`;
      default:
        return "";
    }
  })();
  return `${layer.op}${window} → ${layer.shape.join("×")}`;
}
