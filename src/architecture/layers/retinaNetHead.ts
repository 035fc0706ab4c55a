import type { Level } from "../model/level.js";
import type { RetinaNetHead } from "../model/model.js";
import type { Initializer, Output } from "./layer.js";
import type { FeatureMap, LayerBuilder } from "./layerBuilder.js";

/** Every class starts at a probability of 0.01 (RetinaNet's prior): log(0.01 / 0.99) ≈ −4.595. */
const classPrior: Initializer = { kind: "constant", value: -Math.log((1 - 0.01) / 0.01) };
const zero: Initializer = { kind: "constant", value: 0 };
const plainInitializers = {
  tower: { kind: "normal", deviation: 0.01 },
  prediction: { kind: "normal", deviation: 1e-5 },
} as const;
/** Separable predictors start wider, as in the Model Garden. */
const separableInitializers = {
  tower: { kind: "variance-scaling" },
  prediction: { kind: "normal", deviation: 0.03 },
} as const;

/** A branch for classes and one for boxes: levels share the convolutions, and each has its own batch norms. */
export function addRetinaNetHead(
  list: LayerBuilder,
  pyramid: ReadonlyMap<Level, FeatureMap>,
  { convolutions, width, separable, anchors }: RetinaNetHead,
): Output[] {
  const anchorsPerCell = anchors.scalesPerOctave * anchors.aspectRatios.length;
  const initializers = separable ? separableInitializers : plainInitializers;
  const branches = [
    { kind: "class", filters: list.model.classes * anchorsPerCell, bias: classPrior },
    { kind: "box", filters: 4 * anchorsPerCell, bias: zero },
  ] as const;
  return branches.flatMap(({ kind, filters, bias }) =>
    [...pyramid].map(([level, from]) => {
      let map = from;
      for (let stage = 0; stage < convolutions; stage++) {
        const at = list.within("head", { kind: "head", branch: kind, stage, level }, level);
        const label = `${kind}${stage}`;
        map = at.normActivation(
          label,
          addConvolution(at, label, map, width, separable, { kernel: initializers.tower, bias: zero }),
        );
      }
      const at = list.within("head", { kind: "head", branch: kind, stage: "prediction", level }, level);
      map = addConvolution(at, `${kind}Predict`, map, filters, separable, {
        kernel: initializers.prediction,
        bias,
      });
      return { layer: map.name, kind, level };
    }),
  );
}

/** A 3×3 convolution, or a depthwise 3×3 and a 1×1. */
function addConvolution(
  list: LayerBuilder,
  label: string,
  from: FeatureMap,
  filters: number,
  separable: boolean,
  { kernel, bias }: { readonly kernel: Initializer; readonly bias: Initializer },
): FeatureMap {
  const options = { bias: true, kernelInitializer: kernel, biasInitializer: bias };
  if (!separable) return list.convolution(label, from, filters, { ...options, kernelSize: 3 });
  const map = list.depthwise(`${label}Depthwise`, from, { kernelSize: 3, kernelInitializer: kernel });
  return list.convolution(label, map, filters, { ...options, kernelSize: 1 });
}
