import type { ModelOptions } from "../../../architecture/families/options.js";
import type { Model } from "../../../architecture/model/model.js";
import { CheckpointError } from "../checkpointError.js";
import { layerGroups } from "../names/layerGroups.js";
import type { Layout } from "../names/layout.js";
import type { PlacedLayer } from "../names/placedVariables.js";
import type { MeasuredHead } from "./measuredHead.js";
import { measuredWidths } from "./measuredWidths.js";
import { mismatchSentence } from "./mismatchSentence.js";
import { type Pairing, pairing } from "./pairing.js";
import { closestModel, type Structure, structures } from "./structures.js";

/** What the caller knows better than the checkpoint tells. */
export interface RecognitionOptions {
  /** Of the input, in pixels; by default the published model's. */
  readonly size?: ModelOptions["size"];
  readonly epsilon?: number;
  readonly activation?: Model["backbone"]["activation"];
}

/** What follows from a checkpoint whatever its network is. */
export interface FoundHead {
  readonly layout: Layout;
  readonly head: "retinanet" | "classifier";
  readonly classes: number;
}

interface Candidate {
  readonly structure: Structure;
  readonly template: Model;
  readonly paired: Pairing;
}

/**
 * Decides by names, counts and shapes which network a checkpoint is of.
 *
 * @param source the checkpoint's name, for messages
 * @throws CheckpointError if its layers are those of no network that we know, with the nearest one and how it differs
 */
export function recogniseModel(
  layout: Layout,
  head: MeasuredHead,
  placed: ReadonlyMap<string, readonly PlacedLayer[]>,
  options: RecognitionOptions,
  source: string,
): Model {
  let nearest: Candidate | undefined;
  for (const structure of structures) {
    const candidate = candidateOf(structure, layout, head, placed);
    const { length } = candidate.paired.mismatches;
    if (length === 0) return measuredModel(candidate, layout, head, options);
    if (!nearest || length < nearest.paired.mismatches.length) nearest = candidate;
  }
  throw new CheckpointError(
    source,
    `its layers are those of no network known here; ${mismatchSentence(nearest!.template, nearest!.paired)}`,
  );
}

function candidateOf(
  structure: Structure,
  layout: Layout,
  head: MeasuredHead,
  placed: ReadonlyMap<string, readonly PlacedLayer[]>,
): Candidate {
  const template = withHead(
    closestModel(structure, {
      head: head.kind,
      classes: head.classes,
      ...(head.kind === "retinanet" ? { headConvolutions: head.convolutions } : {}),
      padding: layout === "tf1" ? "symmetric" : "same",
    }),
    head,
    layout,
  );
  return { structure, template, paired: pairing(layerGroups(template, layout), placed) };
}

function measuredModel(
  { structure, template, paired }: Candidate,
  layout: Layout,
  head: MeasuredHead,
  options: RecognitionOptions,
): Model {
  const { stemWidth, widthMultiplier, widths, alpha, endpointWidth } = measuredWidths(template, paired.pairs);
  const model = closestModel(structure, {
    ...sizeOption(template, layout, head, options),
    head: head.kind,
    classes: head.classes,
    width: widthMultiplier,
    alpha,
    endpoints: endpointWidth,
    ...(head.kind === "retinanet" ? { headConvolutions: head.convolutions, headFilters: head.width } : {}),
    padding: layout === "tf1" ? "symmetric" : "same",
  });
  return withHead(
    {
      ...model,
      backbone: {
        ...model.backbone,
        stemWidth,
        widths,
        activation: options.activation ?? (model.backbone.family === "resnet" ? "relu" : "swish"),
      },
      batchNorm: batchNormOf(layout, head, options),
    },
    head,
    layout,
  );
}

/** Classifiers read 224 pixels, but for those that the Model Garden's resampling cannot fit to that. */
function sizeOption(
  { backbone }: Model,
  layout: Layout,
  head: MeasuredHead,
  { size }: RecognitionOptions,
): Pick<ModelOptions, "size"> {
  if (size !== undefined) return { size };
  if (head.kind === "retinanet") return {};
  return { size: layout === "tf1" || backbone.family === "resnet" ? 224 : 256 };
}

function withHead(model: Model, head: MeasuredHead, layout: Layout): Model {
  if (model.head.kind !== "retinanet" || head.kind !== "retinanet") return model;
  const { anchors } = model.head;
  const scalesPerOctave = Math.max(1, Math.round(head.anchorsPerCell / anchors.aspectRatios.length));
  return inLayout(
    {
      ...model,
      head: { ...model.head, separable: head.separable, anchors: { ...anchors, scalesPerOctave } },
    },
    layout,
  );
}

/** A published model as a layout's code computes it. */
export function inLayout(model: Model, layout: Layout): Model {
  if (layout === "modelGarden") return { ...model, padding: "same" };
  if (model.head.kind !== "retinanet") return { ...model, padding: "symmetric" };
  return { ...model, padding: "symmetric", head: { ...model.head, inclusiveBoxes: true } };
}

/** Of the configurations that the two codes train with. */
function batchNormOf(
  layout: Layout,
  { kind }: MeasuredHead,
  { epsilon }: RecognitionOptions,
): Model["batchNorm"] {
  if (kind === "classifier") return { momentum: 0.9, epsilon: epsilon ?? 1e-5 };
  return layout === "tf1"
    ? { momentum: 0.997, epsilon: epsilon ?? 1e-3 }
    : { momentum: 0.99, epsilon: epsilon ?? 1e-3 };
}
