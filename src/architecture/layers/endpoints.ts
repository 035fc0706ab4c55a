import type { Level } from "../model/level.js";
import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";

/** Brings each output block's map to the one width that the head reads, by a 1×1 convolution; finest level first. */
export function addEndpoints(
  list: LayerBuilder,
  outputs: ReadonlyMap<Level, FeatureMap>,
): Map<Level, FeatureMap> {
  const levels = [...outputs].sort(([a], [b]) => a - b);
  return new Map(
    levels.map(([level, output]) => {
      const endpoint = list.within(`endpoint${level}`, { kind: "endpoint", level });
      const map = endpoint.convolution("conv", output, list.model.backbone.endpointWidth, { kernelSize: 1 });
      return [level, endpoint.activation("activation", endpoint.batchNorm("norm", map))];
    }),
  );
}
