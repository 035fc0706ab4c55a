import { readdir } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { modelByName, modelNames } from "../../src/architecture/families/modelByName.js";
import type { Model } from "../../src/architecture/model/model.js";
import {
  count,
  fraction,
  nonNegative,
  positive,
  positiveCount,
  share,
  wholeNumber,
  wholeNumberFrom,
} from "../../src/architecture/model/numbers.js";
import { parseModel } from "../../src/architecture/model/parseModel.js";
import { issueSentence } from "../../src/architecture/model/schemaIssue.js";
import { precisions } from "../engine/steps/precision.js";
import { parseJson } from "../files/json.js";
import { readOrExplain } from "../files/readOrExplain.js";
import { dataFolder } from "../records/records.js";
import { augmentationSchema } from "./input/augmentation.js";
import { scheduleSchema } from "./learningRateSchedule.js";
import { startSchema } from "./startingWeights.js";
import { optimiserSchema } from "./step/optimiser.js";

/** Larger ones fit no computer's memory: 65,536 images of 320 pixels take 80 GB. */
const batchSize = wholeNumberFrom(1, 65_536);

const joinedPart = v.strictObject({
  /** A folder inside the one that `--data` names. */
  name: v.string(),
  train: v.optional(v.string(), "train"),
  validation: v.optional(v.string(), "val"),
});

const dataSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("coco"),
    /** The folder's name: `--data` may name it or its parent. */
    name: v.string(),
    train: v.optional(v.string(), "train"),
    validation: v.optional(v.string(), "val"),
  }),
  v.strictObject({
    kind: v.literal("joined"),
    parts: v.pipe(
      v.array(joinedPart),
      v.minLength(2, "must name two data sets or more; one alone is of kind coco"),
      v.check(
        (parts) => new Set(parts.map(({ name }) => name)).size === parts.length,
        "must name each data set once",
      ),
    ),
    /** Names of the categories to detect, matched by name; those of all parts by default. */
    categories: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
    /** The part whose validation split is evaluated; all parts together by default. */
    validation: v.optional(v.string()),
  }),
  v.strictObject({
    kind: v.literal("scenes"),
    train: positiveCount,
    validation: positiveCount,
    size: v.optional(positiveCount, 320),
    seed: v.optional(wholeNumber, 1),
    /** Names of the classes to draw from; all by default. */
    classes: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
    /** A scene has from one object to this many. */
    maxObjects: v.optional(positiveCount, 8),
  }),
]);

const namedModelSchema = v.strictObject({
  name: v.picklist(modelNames),
  options: v.optional(
    v.partial(
      v.strictObject({
        size: v.union([positiveCount, v.tuple([positiveCount, positiveCount])]),
        width: positive,
        alpha: positive,
        stemWidth: positiveCount,
        endpoints: positiveCount,
        headFilters: positiveCount,
        headConvolutions: count,
        repeats: positiveCount,
        anchorSize: positive,
        dropConnect: fraction,
        activation: v.picklist(["relu", "relu6", "swish", "hard-swish"]),
        batchNormMomentum: fraction,
      }),
    ),
    {},
  ),
});

const wholeModelSchema = v.looseObject({ backbone: v.looseObject({}) });

/** A published model with changes, or a complete model JSON, recognised by its backbone. */
const modelSchema = v.lazy((value) => (v.is(wholeModelSchema, value) ? wholeModelSchema : namedModelSchema));

const studySchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens")),
  title: v.string(),
  /** Seconds, minutes to hours, or the paper's own scale. */
  tier: v.picklist(["instant", "small", "full"]),
  data: dataSchema,
  model: modelSchema,
  /** Initial weights; drawn at random by default. Splits long training into stages. */
  from: v.optional(startSchema),
  /** Class channels in the categories' order, or by id with channel 0 for background (as published). */
  channels: v.optional(v.picklist(["order", "id"]), "order"),
  seed: v.optional(wholeNumber, 1),
  batch: batchSize,
  /** Batches whose gradients are accumulated into one step, to save memory. Batch norm sees each batch separately. */
  accumulate: v.optional(wholeNumberFrom(1, 65_536), 1),
  /** Total number of images seen, including repeats. */
  images: positiveCount,
  /** Of the arithmetic in training steps. Weights, optimiser, statistics and evaluation stay float32. */
  precision: v.optional(v.picklist(precisions), "float32"),
  optimiser: optimiserSchema,
  schedule: scheduleSchema,
  /** Largest gradient norm; unclipped by default. */
  clip: v.optional(positive),
  loss: v.strictObject({
    focal: v.strictObject({ alpha: share, gamma: nonNegative }),
    box: v.variant("kind", [
      v.strictObject({ kind: v.literal("huber"), delta: positive, weight: positive }),
      v.strictObject({ kind: v.literal("giou"), weight: positive }),
    ]),
  }),
  matching: v.optional(
    v.strictObject({
      positiveIoU: share,
      forceMatch: v.strictObject({ minimumIoU: share }),
      crowdCoverage: share,
    }),
    { positiveIoU: 0.5, forceMatch: { minimumIoU: 0 }, crowdCoverage: 0.5 },
  ),
  augmentation: augmentationSchema,
  /** Decay of the exponential moving average of the weights, which is what is evaluated. */
  averageDecay: v.optional(v.pipe(positive, v.ltValue(1))),
  /** Re-estimates batch norm's statistics before evaluation; moving averages over small batches mislead. */
  statistics: v.optional(v.strictObject({ passes: positiveCount, batch: batchSize })),
  /** Steps between saved states, from which an interrupted run can be resumed. */
  saveEvery: v.optional(positiveCount, 100),
});

/** One configuration of a training run. */
export type Study = v.InferOutput<typeof studySchema>;

/** The effective batch size. */
export function imagesPerStep({ batch, accumulate }: Study): number {
  return batch * accumulate;
}

/** How many steps a whole run takes. */
export function stepsOf(study: Study): number {
  return Math.ceil(study.images / imagesPerStep(study));
}

/** @throws Error naming the source, the field and what would be right. */
export function parseStudy(value: unknown, source: string): Study {
  const result = v.safeParse(studySchema, value);
  if (result.success) return result.output;
  throw new Error(`${source}: ${issueSentence(result.issues)}`);
}

export async function readStudy(file: string): Promise<Study> {
  const bytes = await readOrExplain(file, "studies are in data/studies");
  return parseStudy(parseJson(bytes.toString("utf8"), file), file);
}

/** All studies in `data/studies`, sorted by file name, which is the study's id. */
export async function readStudies(): Promise<Study[]> {
  const folder = join(dataFolder, "studies");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  return Promise.all(files.map((file) => readStudy(join(folder, file))));
}

/** The command that trains a study. */
export function trainingCommand({ id, data }: Study): string {
  const folder = data.kind === "scenes" ? "" : " --data DIR";
  return `npm run --silent spinenet -- train data/studies/${id}.json${folder}`;
}

/** The study's model, with the number of class channels that its data needs. */
export function modelOf(study: Study, classes: number): Model {
  const { model } = study;
  const source = `study ${study.id}: model`;
  if (!("backbone" in model)) {
    const { batchNormMomentum, ...options } = model.options;
    const named = modelByName(model.name, { ...options, classes });
    const { momentum, ...batchNorm } = named.batchNorm;
    const changed = { ...named, batchNorm: { momentum: batchNormMomentum ?? momentum, ...batchNorm } };
    // Only checked: the order of its fields is part of the weights file, whose hash tells whether weights are the same.
    parseModel(changed, source);
    return changed;
  }
  const parsed = parseModel(model, source);
  if (parsed.classes !== classes) {
    throw new Error(
      `study ${study.id}: its model has ${parsed.classes} class channels, but its data needs ${classes}; set "classes" to ${classes}.`,
    );
  }
  return parsed;
}
