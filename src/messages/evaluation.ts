import * as v from "valibot";
import { count, finiteNumber, nonNegative, share, wholeNumber } from "../architecture/model/numbers.js";
import { errorTypeNames } from "../coco/errors/errorReasons.js";
import type { Answer, Client, Engine, OnProgress, Protocol, Question } from "./protocol.js";

/** An average precision or recall: −1 where nothing is to be found. */
const precision = v.pipe(finiteNumber, v.minValue(-1), v.maxValue(1));
const column = v.instance(Float64Array);

const fileSchema = v.strictObject({
  /** The same number means the same file, which the worker then need not read again. */
  key: count,
  /** For messages. */
  name: v.pipe(v.string(), v.nonEmpty()),
  file: v.instance(Blob),
});

/** A file that a reader opened. */
export type EvaluationFile = v.InferOutput<typeof fileSchema>;

const questionSchema = v.strictObject({
  groundTruth: fileSchema,
  detections: fileSchema,
  iouType: v.picklist(["bbox", "segm"]),
});

const categorySchema = v.strictObject({
  id: wholeNumber,
  name: v.string(),
  /** To be found. */
  objects: count,
  detections: count,
});

const measuredSchema = v.pipe(
  v.strictObject({
    images: count,
    annotations: count,
    detections: count,
    /** What is odd about the files, a sentence each. */
    remarks: v.array(v.string()),
    /** Ascending by id. */
    categories: v.array(categorySchema),
    /** COCO's twelve, fractions. */
    stats: v.pipe(v.array(precision), v.length(12)),
    /** One per category, a fraction. */
    perCategoryAP: column,
    iouThresholds: v.array(share),
    recallThresholds: v.array(share),
    /** `[iouThresholds, recallThresholds, categories]`: objects of every size, at most as many detections as count. */
    precision: column,
    /** As `precision`: the score at which a recall is reached. */
    scores: column,
    milliseconds: nonNegative,
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { categories, iouThresholds, recallThresholds, ...columns } = dataset.value;
    const curves = iouThresholds.length * recallThresholds.length * categories.length;
    const expected = { perCategoryAP: categories.length, precision: curves, scores: curves };
    for (const name of ["perCategoryAP", "precision", "scores"] as const) {
      const { length } = columns[name];
      if (length !== expected[name]) {
        addIssue({ message: `${name}: has length ${length}; expected ${expected[name]}.` });
      }
    }
  }),
);

const costlyDetectionSchema = v.strictObject({
  name: v.picklist(errorTypeNames),
  image: v.string(),
  category: v.string(),
  /** The category of the object it is about; null where there is none. */
  object: v.nullable(v.string()),
  score: finiteNumber,
  /** `[x, y, width, height]` in pixels of the image. */
  bbox: v.pipe(v.strictTuple([finiteNumber, finiteNumber, finiteNumber, finiteNumber]), v.readonly()),
  cost: finiteNumber,
});

/** Null where nothing is to be found. */
const intervalSchema = v.nullable(
  v.strictObject({ value: finiteNumber, low: finiteNumber, high: finiteNumber }),
);
const intervalsSchema = v.strictObject({ ap: intervalSchema, ap50: intervalSchema });

/** COCO evaluation of files of half a million rows, in a worker so that the page stays responsive. */
export const evaluationProtocol = {
  name: "evaluation",
  questions: {
    /** COCO's numbers and curves of one results file. Fails with a sentence that names file, index and field. */
    measure: { question: questionSchema, answer: measuredSchema },
    /** Which types of errors there are, and what they cost. Fails as `measure` does. */
    classify: {
      question: questionSchema,
      answer: v.strictObject({
        /** TIDE's AP, at one threshold; errors cost parts of it. */
        ap: precision,
        errors: v.array(v.strictObject({ name: v.string(), count, cost: finiteNumber })),
        /** The detections that cost most, the costliest first. */
        costliest: v.array(costlyDetectionSchema),
      }),
    },
    /** How far AP would move had other images been drawn. Fails as `measure` does. */
    bootstrap: {
      question: v.strictObject({
        ...questionSchema.entries,
        /** Results whose difference from `detections` is asked for too; null where there are none. */
        others: v.nullable(fileSchema),
        samples: v.pipe(count, v.minValue(1)),
        seed: count,
      }),
      answer: v.strictObject({
        samples: count,
        /** The fraction of the samples that an interval covers. */
        level: share,
        /** Of the detections and, where there are some, of the others. */
        sets: v.pipe(v.array(intervalsSchema), v.minLength(1), v.maxLength(2)),
        /** The others' numbers minus the detections'; null where there are no others. */
        difference: v.nullable(intervalsSchema),
      }),
    },
  },
  /** It reads either file, matches category after category, explains errors, and draws samples. */
  stages: ["annotations", "detections", "matching", "errors", "samples"],
  keepsState: false,
  remedy: "reload the page, or open smaller files",
} as const satisfies Protocol;

type EvaluationProtocol = typeof evaluationProtocol;
export type EvaluationEngine = Engine<EvaluationProtocol>;
export type EvaluationClient = Client<EvaluationProtocol>;
export type EvaluationProgress = OnProgress<EvaluationProtocol>;
export type EvaluationStage = EvaluationProtocol["stages"][number];
/** Which results to compare with which annotations. */
export type EvaluationQuestion = Question<EvaluationProtocol, "measure">;
/** COCO's numbers and curves of one results file; fractions, −1 where nothing is to be found. */
export type MeasuredResults = Answer<EvaluationProtocol, "measure">;
/** Why detections are wrong, and what that costs. */
export type ErrorReport = Answer<EvaluationProtocol, "classify">;
export type CostlyDetection = v.InferOutput<typeof costlyDetectionSchema>;
/** How far AP would move had other images been drawn. */
export type BootstrapIntervals = Answer<EvaluationProtocol, "bootstrap">;
export type PrecisionIntervals = v.InferOutput<typeof intervalsSchema>;
