import * as v from "valibot";
import { modelSchema } from "../../src/architecture/model/model.js";
import {
  count,
  finiteNumber,
  nonNegative,
  share,
  wholeNumber,
} from "../../src/architecture/model/numbers.js";
import { issueSentence } from "../../src/architecture/model/schemaIssue.js";

const measured = v.pipe(finiteNumber, v.minValue(-1), v.maxValue(1));

const bounds = v.strictObject({ low: measured, high: measured });

const detectionMetrics = v.strictObject({
  /** The twelve COCO numbers in pycocotools' order, as fractions; −1 where nothing could be measured. */
  stats: v.pipe(v.array(measured), v.length(12)),
  categoryIds: v.array(wholeNumber),
  perCategoryAP: v.array(measured),
  /** Bootstrap intervals over the choice of images. Absent from older records. */
  intervals: v.optional(
    v.strictObject({
      rounds: count,
      seed: wholeNumber,
      level: share,
      /** Null without an object. */
      ap: v.nullable(bounds),
      ap50: v.nullable(bounds),
    }),
  ),
});

const classificationMetrics = v.strictObject({
  top1: measured,
  top5: measured,
  perClassAccuracy: v.array(measured),
});

const curvePoint = v.strictObject({
  step: count,
  imagesSeen: count,
  learningRate: nonNegative,
  /** Means over the steps since the point before. */
  loss: finiteNumber,
  classLoss: finiteNumber,
  boxLoss: finiteNumber,
});

export const recordSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  kind: v.picklist(["train", "evaluate"]),
  study: v.string(),
  title: v.string(),
  tier: v.picklist(["instant", "small", "full"]),
  /** What to type to make it again. */
  command: v.string(),
  model: modelSchema,
  data: v.strictObject({
    name: v.string(),
    split: v.string(),
    /** sha256 over the evaluated split's list of files and annotations. */
    hash: v.string(),
    images: count,
    trainSplit: v.optional(v.string()),
    trainHash: v.optional(v.string()),
    trainImages: v.optional(count),
    categories: v.array(v.strictObject({ id: wholeNumber, name: v.string() })),
  }),
  /** The study as it was read: batch, optimiser, rates, augmentation, loss. */
  schedule: v.record(v.string(), v.unknown()),
  seed: wholeNumber,
  /** The weights the run started from; absent if all were initialised at random. */
  start: v.optional(
    v.strictObject({
      weights: v.string(),
      sha256: v.string(),
      /** The run that made them. */
      run: v.string(),
      parts: v.picklist(["all", "backbone"]),
      /** How many tensors were taken. */
      tensors: count,
    }),
  ),
  imagesSeen: count,
  engine: v.strictObject({ name: v.string(), versions: v.record(v.string(), v.string()) }),
  /** Precision of the training steps. Absent from older records, which are float32. */
  precision: v.optional(v.picklist(["float32", "bfloat16"])),
  hardware: v.strictObject({ cpu: v.string(), cores: count, memoryGiB: nonNegative, platform: v.string() }),
  commit: v.string(),
  started: v.string(),
  finished: v.string(),
  /** Training alone, interruptions left out. */
  trainingSeconds: nonNegative,
  /** Share of them in which the engine waited for images; absent where that was not measured. */
  waitedShare: v.optional(share),
  curve: v.array(curvePoint),
  metrics: v.union([detectionMetrics, classificationMetrics]),
  weights: v.strictObject({ file: v.string(), sha256: v.string() }),
});

/** All that is known about one training or evaluation. Written once, never edited. */
export type RunRecord = v.InferOutput<typeof recordSchema>;
export type CurvePoint = v.InferOutput<typeof curvePoint>;
export type DetectionMetrics = v.InferOutput<typeof detectionMetrics>;

/** @throws Error naming the source and the field that is wrong. */
export function parseRecord(value: unknown, source: string): RunRecord {
  const result = v.safeParse(recordSchema, value);
  if (result.success) return result.output;
  throw new Error(`${source}: ${issueSentence(result.issues)}`);
}
