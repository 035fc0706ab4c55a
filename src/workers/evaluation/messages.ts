import * as v from "valibot";
import { errorTypeNames } from "../../coco/errors/reasons.js";
import { parseMessage } from "../parseMessage.js";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Of the kind of AP: −1 where there is nothing to be found. */
const precision = v.pipe(v.number(), v.minValue(-1), v.maxValue(1));
const finite = v.pipe(v.number(), v.finite());
const iouType = v.picklist(["bbox", "segm"]);
const box = v.strictTuple([finite, finite, finite, finite]);
const column = v.instance(Float64Array);

const fileSchema = v.strictObject({
  /** The same number means the same file, which the worker then need not read again. */
  key: count,
  /** For messages. */
  name: v.pipe(v.string(), v.nonEmpty()),
  file: v.instance(Blob),
});

const question = { id: count, groundTruth: fileSchema, detections: fileSchema, iouType };

const requestSchema = v.variant("type", [
  v.strictObject({ type: v.literal("measure"), ...question }),
  v.strictObject({ type: v.literal("classify"), ...question }),
  v.strictObject({
    type: v.literal("resample"),
    ...question,
    /** Results whose difference from `detections` is asked for too; null where there are none. */
    others: v.nullable(fileSchema),
    samples: v.pipe(count, v.minValue(1)),
    seed: count,
  }),
]);

/** What a page asks of the evaluation worker. Each request is answered once, under its id. */
export type EvaluationRequest = v.InferOutput<typeof requestSchema>;
export type FileOfPage = v.InferOutput<typeof fileSchema>;

/** What a worker is doing: it reads either file, matches category after category, explains errors, or samples. */
export const evaluationStages = ["annotations", "detections", "matching", "errors", "samples"] as const;
export type EvaluationStage = (typeof evaluationStages)[number];

const progressSchema = v.strictObject({
  type: v.literal("progress"),
  id: count,
  stage: v.picklist(evaluationStages),
  /** Of the stage. */
  fraction,
});

const measuredSchema = v.strictObject({
  type: v.literal("measured"),
  id: count,
  images: count,
  annotations: count,
  detections: count,
  /** Detections that count for nothing, since their category is none of the annotations'. */
  strangers: count,
  /** What is odd about the files, a sentence each. */
  remarks: v.array(v.string()),
  /** Ascending by id; `objects` are those to be found. */
  categories: v.array(
    v.strictObject({
      id: v.pipe(v.number(), v.integer()),
      name: v.string(),
      objects: count,
      detections: count,
    }),
  ),
  /** COCO's twelve, fractions. */
  stats: v.pipe(v.array(precision), v.length(12)),
  /** One a category, a fraction. */
  perCategoryAP: column,
  iouThresholds: v.array(fraction),
  recallThresholds: v.array(fraction),
  /** `[iouThresholds, recallThresholds, categories]`, objects of every size, as many detections as count at most. */
  precision: column,
  /** As `precision`: the score with which a recall is reached. */
  scores: column,
  milliseconds: v.pipe(v.number(), v.minValue(0)),
});

const classifiedSchema = v.strictObject({
  type: v.literal("classified"),
  id: count,
  /** TIDE's AP, at one threshold; errors cost parts of it. */
  ap: precision,
  errors: v.array(v.strictObject({ name: v.string(), count, cost: finite })),
  costliest: v.array(
    v.strictObject({
      name: v.picklist(errorTypeNames),
      image: v.string(),
      category: v.string(),
      /** The category of the object it is about; null where there is none. */
      object: v.nullable(v.string()),
      score: finite,
      bbox: box,
      cost: finite,
    }),
  ),
});

/** Null where nothing is to be found. */
const intervalSchema = v.nullable(v.strictObject({ value: finite, low: finite, high: finite }));
const intervalsSchema = v.strictObject({ ap: intervalSchema, ap50: intervalSchema });

const resampledSchema = v.strictObject({
  type: v.literal("resampled"),
  id: count,
  samples: count,
  /** The part of the samples that an interval holds. */
  level: fraction,
  /** Of the detections and, where there are some, of the others. */
  sets: v.pipe(v.array(intervalsSchema), v.minLength(1), v.maxLength(2)),
  /** The others' numbers minus the detections'; null where there are no others. */
  difference: v.nullable(intervalsSchema),
});

const failedSchema = v.strictObject({ type: v.literal("failed"), id: count, message: v.string() });

const answerSchema = v.variant("type", [
  progressSchema,
  measuredSchema,
  classifiedSchema,
  resampledSchema,
  failedSchema,
]);

/** What the worker answers; of "progress" there may be many before the answer itself. */
export type EvaluationAnswer = v.InferOutput<typeof answerSchema>;
export type Progress = Pick<v.InferOutput<typeof progressSchema>, "stage" | "fraction">;
export type Measured = v.InferOutput<typeof measuredSchema>;
export type Classified = v.InferOutput<typeof classifiedSchema>;
export type Resampled = v.InferOutput<typeof resampledSchema>;

/** @throws Error naming the field, if a page sent what the worker does not understand. */
export function parseEvaluationRequest(value: unknown): EvaluationRequest {
  return parseMessage(requestSchema, value, "The page's message to the evaluation worker");
}

/** @throws Error naming the field, if the worker sent what a page does not understand. */
export function parseEvaluationAnswer(value: unknown): EvaluationAnswer {
  const answer = parseMessage(answerSchema, value, "The evaluation worker's message");
  if (answer.type === "measured") checkLengths(answer);
  return answer;
}

function checkLengths({ categories, iouThresholds, recallThresholds, ...columns }: Measured): void {
  const expected = {
    perCategoryAP: categories.length,
    precision: iouThresholds.length * recallThresholds.length * categories.length,
    scores: iouThresholds.length * recallThresholds.length * categories.length,
  };
  for (const name of ["perCategoryAP", "precision", "scores"] as const) {
    const { length } = columns[name];
    if (length !== expected[name]) {
      throw new Error(
        `The evaluation worker's message: ${name}: has length ${length}; expected ${expected[name]}.`,
      );
    }
  }
}
