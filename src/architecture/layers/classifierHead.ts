import type { Level } from "../model/level.js";
import type { Output } from "./layer.js";
import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";

/**
 * All levels brought to the finest one's size and averaged, pooled, one linear layer (paper, section 4.2). A chain's
 * classifier reads its last map only, as in ResNet.
 */
export function addClassifierHead(list: LayerBuilder, maps: ReadonlyMap<Level, FeatureMap>): Output[] {
  const { backbone, classes } = list.model;
  const head = list.within("head", { kind: "head", branch: "logits" });
  const byLevel = [...maps].sort(([a], [b]) => a - b);
  let map = byLevel.at(-1)![1];
  if (backbone.family !== "resnet") {
    const finest = byLevel[0]![1];
    const resized = byLevel.map(([level, from]) =>
      from.height === finest.height && from.width === finest.width
        ? from
        : head.resizeNearest(`resize${level}`, from, finest.height, finest.width),
    );
    map = head.scale("average", head.add("sum", resized), 1 / byLevel.length);
  }
  const logits = head.dense("logits", head.globalAveragePool("pool", map), classes);
  return [{ layer: logits.name, kind: "logits" }];
}
