import type { Model, RetinaNetHead } from "../model/model.js";
import type { Initializer } from "./layer.js";
import type { FeatureMap, LayerList } from "./layerList.js";

/** What a network gives back: the layer that holds it, and what it means. */
export interface Output {
  readonly layer: string;
  readonly kind: "class" | "box" | "logits";
  /** Of a detection output. */
  readonly level?: number;
}

/** Every class starts at a probability of 0.01 (RetinaNet's prior): log(0.01 / 0.99) ≈ −4.595. */
const classPrior: Initializer = { kind: "constant", value: -Math.log((1 - 0.01) / 0.01) };
const towerInitializer: Initializer = { kind: "normal", deviation: 0.01 };
const predictorInitializer: Initializer = { kind: "normal", deviation: 1e-5 };
/** Separable predictors start wider, as in the Model Garden. */
const separablePredictorInitializer: Initializer = { kind: "normal", deviation: 0.03 };
const zero: Initializer = { kind: "constant", value: 0 };

/** Convolutions shared by all levels, batch norm apart for each level, two predictors. */
export function addRetinaNetHead(
  list: LayerList,
  pyramid: ReadonlyMap<number, FeatureMap>,
  head: RetinaNetHead,
  classes: number,
): Output[] {
  list.block = "head";
  const anchors = head.anchors.scalesPerOctave * head.anchors.aspectRatios.length;
  const branches = [
    { kind: "class", filters: classes * anchors, bias: classPrior },
    { kind: "box", filters: 4 * anchors, bias: zero },
  ] as const;
  return branches.flatMap(({ kind, filters, bias }) =>
    [...pyramid].map(([level, from]) => {
      let map = from;
      for (let index = 0; index < head.convolutions; index++) {
        const shared = `head/${kind}${index}`;
        map = addSharedConvolution(list, shared, level, map, head.width, head.separable, {
          kernel: head.separable ? { kind: "variance-scaling" } : towerInitializer,
          bias: zero,
        });
        map = list.batchNorm(`${shared}Norm/level${level}`, map);
        map = list.activation(`${shared}Activation/level${level}`, map);
      }
      map = addSharedConvolution(list, `head/${kind}Predict`, level, map, filters, head.separable, {
        kernel: head.separable ? separablePredictorInitializer : predictorInitializer,
        bias,
      });
      return { layer: map.name, kind, level };
    }),
  );
}

function addSharedConvolution(
  list: LayerList,
  shared: string,
  level: number,
  from: FeatureMap,
  filters: number,
  separable: boolean,
  initializers: { kernel: Initializer; bias: Initializer },
): FeatureMap {
  const common = { bias: true, kernelInitializer: initializers.kernel, biasInitializer: initializers.bias };
  if (!separable) {
    return list.convolution(`${shared}/level${level}`, from, filters, {
      ...common,
      kernelSize: 3,
      weights: shared,
    });
  }
  const depthwise = `${shared}Depthwise`;
  const map = list.depthwise(`${depthwise}/level${level}`, from, {
    kernelSize: 3,
    kernelInitializer: initializers.kernel,
    weights: depthwise,
  });
  return list.convolution(`${shared}/level${level}`, map, filters, {
    ...common,
    kernelSize: 1,
    weights: shared,
  });
}

/** All levels brought to the finest one's size and averaged, pooled, one linear layer (paper, section 4.2). */
export function addClassifier(
  list: LayerList,
  maps: ReadonlyMap<number, FeatureMap>,
  model: Model,
): Output[] {
  list.block = "head";
  const levels = [...maps.keys()].sort((a, b) => a - b);
  let map = maps.get(levels.at(-1)!)!;
  if (model.backbone.family !== "resnet") {
    const finest = maps.get(levels[0]!)!;
    const resized = levels.map((level) => {
      const from = maps.get(level)!;
      return from.height === finest.height && from.width === finest.width
        ? from
        : list.resizeNearest(`head/resize${level}`, from, finest.height, finest.width);
    });
    map = list.scale("head/average", list.add("head/sum", resized), 1 / levels.length);
  }
  const logits = list.dense("head/logits", list.globalAveragePool("head/pool", map), model.classes);
  return [{ layer: logits.name, kind: "logits" }];
}
