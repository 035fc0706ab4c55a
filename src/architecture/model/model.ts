import * as v from "valibot";
import { activationKinds } from "../layers/layer.js";
import { levels } from "./level.js";

const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
const fraction = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
const positive = v.pipe(v.number(), v.gtValue(0), v.finite());
const levelSchema = v.picklist(levels);
export const blockKindSchema = v.picklist(["bottleneck", "residual", "mbconv"]);
const activationSchema = v.picklist(activationKinds);

const stemBlockSchema = v.strictObject({ level: levelSchema, kind: blockKindSchema });

const blockSchema = v.strictObject({
  level: levelSchema,
  kind: blockKindSchema,
  /** Indices into the stem's blocks followed by these. */
  parents: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.minLength(1), v.maxLength(2)),
  output: v.optional(v.boolean(), false),
});

const backboneSchema = v.strictObject({
  family: v.picklist(["resnet", "scale-permuted", "mobile"]),
  variant: v.string(),
  /** Filters of the first convolution. Never scaled by `widthMultiplier`, but in the mobile family. */
  stemWidth: positiveInteger,
  /** Blocks after the first convolution, each fed straight by the one before it (as in ResNet). */
  stem: v.pipe(v.array(stemBlockSchema), v.minLength(1)),
  /** Scale-permuted blocks: parents are resampled to the block's size and width, then added. */
  blocks: v.array(blockSchema),
  /** Filters of the 3×3 convolution at each level, before scaling. */
  widths: v.record(v.pipe(v.string(), v.regex(/^[1-7]$/)), positiveInteger),
  widthMultiplier: positive,
  /** α: width inside a cross-scale connection, relative to its parent's (paper, section 3.2). */
  alpha: positive,
  repeats: positiveInteger,
  endpointWidth: positiveInteger,
  activation: activationSchema,
  /** Stochastic depth of the last learned block; it grows linearly from the first. */
  dropConnect: fraction,
});

const decoderSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("none") }),
  v.strictObject({ kind: v.literal("fpn"), width: positiveInteger }),
]);

const anchorsSchema = v.strictObject({
  /** Side of the first square anchor, in strides of its level. */
  size: positive,
  scalesPerOctave: positiveInteger,
  /** Width over height. */
  aspectRatios: v.pipe(v.array(positive), v.minLength(1)),
});

const headSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("retinanet"),
    convolutions: v.pipe(v.number(), v.integer(), v.minValue(0)),
    width: positiveInteger,
    separable: v.boolean(),
    anchors: anchorsSchema,
  }),
  v.strictObject({ kind: v.literal("classifier") }),
]);

export const modelSchema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1)),
  /** Height and width of the network's input, in pixels. */
  inputSize: v.tuple([positiveInteger, positiveInteger]),
  /** Class channels: 91 for COCO as published, where a category's id is its channel and 0 is background. */
  classes: positiveInteger,
  backbone: backboneSchema,
  decoder: decoderSchema,
  head: headSchema,
  batchNorm: v.strictObject({ momentum: fraction, epsilon: positive }),
  /** "same" is TensorFlow 2's; "symmetric" and its pooling are those of the TF1 checkpoints. */
  padding: v.picklist(["same", "symmetric"]),
});

/** A whole network as plain JSON: everything else in this project is computed from it. */
export type Model = v.InferOutput<typeof modelSchema>;
export type Backbone = Model["backbone"];
export type BlockKind = v.InferOutput<typeof blockKindSchema>;
export type PermutedBlock = Backbone["blocks"][number];
export type StemBlock = Backbone["stem"][number];
export type RetinaNetHead = Extract<Model["head"], { kind: "retinanet" }>;
