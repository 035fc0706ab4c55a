import * as v from "valibot";
import { activationKinds } from "../layers/layer.js";
import { levels } from "./level.js";
import { count, fraction, positiveUpTo, wholeNumberFrom } from "./numbers.js";

/**
 * Bounds far beyond any published network, so that no file or link can ask for more work than a computer can do. What a
 * network needs as a whole is bounded by {@link checkSize}.
 */
const width = wholeNumberFrom(1, 16_384);
const side = wholeNumberFrom(1, 8_192);
const mostStemBlocks = 512;
const mostBlocks = 256;
const shortText = v.pipe(v.string(), v.maxLength(200));

const levelSchema = v.picklist(levels);
export const blockKindSchema = v.picklist(["bottleneck", "residual", "mbconv"]);
const activationSchema = v.picklist(activationKinds);

const stemBlockSchema = v.strictObject({ level: levelSchema, kind: blockKindSchema });

const blockSchema = v.strictObject({
  level: levelSchema,
  kind: blockKindSchema,
  /** Indices into the stem's blocks followed by these. */
  parents: v.pipe(v.array(count), v.minLength(1), v.maxLength(2)),
  output: v.optional(v.boolean(), false),
});

const backboneSchema = v.strictObject({
  family: v.picklist(["resnet", "scale-permuted", "mobile"]),
  variant: shortText,
  /** Filters of the first convolution. Never scaled by `widthMultiplier`, but in the mobile family. */
  stemWidth: width,
  /** Blocks after the first convolution, each fed straight by the one before it (as in ResNet). */
  stem: v.pipe(v.array(stemBlockSchema), v.minLength(1), v.maxLength(mostStemBlocks)),
  /** Scale-permuted blocks: parents are resampled to the block's size and width, then added. */
  blocks: v.pipe(v.array(blockSchema), v.maxLength(mostBlocks)),
  /** Filters of the 3×3 convolution at each level, before scaling. */
  widths: v.record(v.pipe(v.string(), v.regex(/^[1-7]$/)), width),
  widthMultiplier: positiveUpTo(64),
  /** α: width inside a cross-scale connection, relative to its parent's (paper, section 3.2). */
  alpha: positiveUpTo(64),
  repeats: wholeNumberFrom(1, 256),
  endpointWidth: width,
  activation: activationSchema,
  /** Stochastic depth of the last learned block; it grows linearly from the first. */
  dropConnect: fraction,
});

const decoderSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("none") }),
  v.strictObject({ kind: v.literal("fpn"), width }),
]);

const anchorsSchema = v.strictObject({
  /** Side of the first square anchor, in strides of its level. */
  size: positiveUpTo(1_024),
  scalesPerOctave: wholeNumberFrom(1, 64),
  /** Width over height. */
  aspectRatios: v.pipe(v.array(positiveUpTo(1_024)), v.minLength(1), v.maxLength(64)),
});

const headSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("retinanet"),
    convolutions: wholeNumberFrom(0, 64),
    width,
    separable: v.boolean(),
    anchors: anchorsSchema,
    /**
     * Whether boxes are decoded as the TF1 code does: one from 0 to 7 is 8 pixels wide. Only its decoder does so, not
     * what it trains with, hence only models from its checkpoints have this.
     */
    inclusiveBoxes: v.optional(v.boolean()),
  }),
  v.strictObject({ kind: v.literal("classifier") }),
]);

export const modelSchema = v.strictObject({
  name: v.pipe(shortText, v.minLength(1)),
  /** Height and width of the network's input, in pixels. */
  inputSize: v.tuple([side, side]),
  /** Class channels: 91 for COCO as published, where a category's id is its channel and 0 is background. */
  classes: wholeNumberFrom(1, 100_000),
  backbone: backboneSchema,
  decoder: decoderSchema,
  head: headSchema,
  batchNorm: v.strictObject({ momentum: fraction, epsilon: positiveUpTo(1) }),
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
