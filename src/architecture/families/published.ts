import type { Backbone, Model } from "../model/model.js";
import type { ModelOptions } from "./options.js";

/** The published settings of a named model, before a caller's options. */
export interface Published {
  readonly name: string;
  readonly size: number;
  readonly backbone: Omit<Backbone, "activation">;
  readonly decoder: Model["decoder"];
  readonly head: { readonly convolutions: number; readonly width: number; readonly separable: boolean };
  readonly anchorSize: number;
}

/** Class channels of the published COCO detectors. */
const cocoClasses = 91;
const imageNetClasses = 1000;
/** Of the Model Garden's detectors. */
const batchNorm = { momentum: 0.99, epsilon: 1e-3 };
/** The Model Garden's order of the three ratios; TF1 checkpoints have 1, 2, ½. */
const aspectRatios = [0.5, 1, 2];
const symmetricAspectRatios = [1, 2, 0.5];

/** Lays a caller's options over a published model. */
export function assemble(published: Published, options: ModelOptions): Model {
  const { size = published.size, padding = "same", head = "retinanet" } = options;
  const backbone = published.backbone;
  const mobile = backbone.family === "mobile";
  return {
    name: published.name,
    inputSize: typeof size === "number" ? [size, size] : [...size],
    classes: options.classes ?? (head === "retinanet" ? cocoClasses : imageNetClasses),
    backbone: {
      ...backbone,
      stemWidth: options.stemWidth ?? backbone.stemWidth,
      dropConnect: options.dropConnect ?? backbone.dropConnect,
      widthMultiplier: options.width ?? backbone.widthMultiplier,
      alpha: options.alpha ?? backbone.alpha,
      repeats: options.repeats ?? backbone.repeats,
      endpointWidth: options.endpoints ?? backbone.endpointWidth,
      activation: options.activation ?? (mobile ? "swish" : "relu"),
    },
    decoder:
      head === "classifier"
        ? { kind: "none" }
        : published.decoder.kind === "fpn"
          ? { kind: "fpn", width: options.endpoints ?? published.decoder.width }
          : published.decoder,
    head:
      head === "classifier"
        ? { kind: "classifier" }
        : {
            kind: "retinanet",
            convolutions: options.headConvolutions ?? published.head.convolutions,
            width: options.headFilters ?? published.head.width,
            separable: published.head.separable,
            anchors: {
              size: options.anchorSize ?? published.anchorSize,
              scalesPerOctave: 3,
              aspectRatios: [...(padding === "same" ? aspectRatios : symmetricAspectRatios)],
            },
          },
    batchNorm,
    padding,
  };
}
