import type { Layer } from "../../../src/architecture/layers/layer.js";

/** The layers whose names begin so, in order. */
export function layersNamed(layers: readonly Layer[], prefix: string): Layer[] {
  return layers.filter(({ name }) => name.startsWith(prefix));
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
