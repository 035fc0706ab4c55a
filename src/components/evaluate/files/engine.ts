import type { ErrorType } from "../../../coco/errors/reasons.js";
import type { IouType } from "../../../coco/types.js";

/** A file that a reader gave. */
export interface EvaluationFile {
  /** The same number means the same file. */
  readonly key: number;
  readonly name: string;
  readonly file: Blob;
}

/** Which results to hold against which annotations. */
export interface EvaluationQuestion {
  readonly groundTruth: EvaluationFile;
  readonly detections: EvaluationFile;
  readonly iouType: IouType;
}

export interface EvaluationProgress {
  readonly stage: "annotations" | "detections" | "matching" | "errors" | "samples";
  /** Of the stage. */
  readonly fraction: number;
}

export interface MeasuredCategory {
  readonly id: number;
  readonly name: string;
  /** To be found. */
  readonly objects: number;
  readonly detections: number;
}

/** COCO's numbers and curves of one results file; fractions, −1 where there is nothing to be found. */
export interface MeasuredResults {
  readonly images: number;
  readonly annotations: number;
  readonly detections: number;
  /** What is odd about the files, a sentence each. */
  readonly remarks: readonly string[];
  readonly categories: readonly MeasuredCategory[];
  /** COCO's twelve. */
  readonly stats: readonly number[];
  /** One a category. */
  readonly perCategoryAP: Float64Array;
  readonly iouThresholds: readonly number[];
  readonly recallThresholds: readonly number[];
  /** `[iouThresholds, recallThresholds, categories]`, objects of every size. */
  readonly precision: Float64Array;
  /** As `precision`: the score with which a recall is reached. */
  readonly scores: Float64Array;
  readonly milliseconds: number;
}

/** Why detections are wrong, and what that costs. */
export interface ErrorReport {
  /** At one threshold; errors cost parts of it. */
  readonly ap: number;
  readonly errors: readonly { readonly name: string; readonly count: number; readonly cost: number }[];
  /** The detections that cost most, the costliest first. */
  readonly costliest: readonly CostlyDetection[];
}

export interface CostlyDetection {
  readonly name: ErrorType;
  readonly image: string;
  readonly category: string;
  /** The category of the object it is about; null where there is none. */
  readonly object: string | null;
  readonly score: number;
  /** `[x, y, width, height]` in pixels of the image. */
  readonly bbox: readonly [x: number, y: number, width: number, height: number];
  readonly cost: number;
}

export interface NumberInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Null where there is nothing to be found. */
export interface PrecisionIntervals {
  readonly ap: NumberInterval | null;
  readonly ap50: NumberInterval | null;
}

/** How far AP would move had other images been drawn. */
export interface ResampledResults {
  readonly samples: number;
  /** The part of the samples that an interval holds. */
  readonly level: number;
  readonly sets: readonly PrecisionIntervals[];
  /** The second set's numbers minus the first's; null where there is one set. */
  readonly difference: PrecisionIntervals | null;
}

type OnProgress = (progress: EvaluationProgress) => void;

/** What measures; in the page, the evaluation worker. */
export interface EvaluationEngine {
  measure(question: EvaluationQuestion, progress: OnProgress): Promise<MeasuredResults>;
  classify(question: EvaluationQuestion, progress: OnProgress): Promise<ErrorReport>;
  resample(
    question: EvaluationQuestion & {
      readonly others: EvaluationFile | null;
      readonly samples: number;
      readonly seed: number;
    },
    progress: OnProgress,
  ): Promise<ResampledResults>;
  /** Ends what is being computed, at once; what waits for it is rejected. */
  cancel(): void;
}
