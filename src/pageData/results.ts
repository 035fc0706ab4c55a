import type { OverviewData } from "./overview.js";
import type { ResultsRow, ResultsTable } from "./resultsTable.js";

/** Everything /results shows. */
export interface ResultsData extends OverviewData {
  readonly scatter: readonly ScatterPoint[];
  readonly tables: ResultsTables;
  /** This project's own runs, grouped by the data they were measured on. */
  readonly measured: readonly MeasuredGroup[];
  readonly missing: readonly MissingRun[];
}

export type ResultsTableName =
  | "detection"
  | "permuting"
  | "fixedOrders"
  | "graphDamage"
  | "masks"
  | "classification"
  | "improvedClassification"
  | "crops"
  | "classificationData"
  | "mobile"
  | "latency"
  | "zooRetinaNet"
  | "zooMaskRcnn"
  | "modelGarden"
  | "selfTraining"
  | "claims"
  | "disagreements"
  | "costs";

type ResultsTables = Readonly<Record<Exclude<ResultsTableName, "claims">, ResultsTable>> & {
  readonly claims: ResultsTable<ClaimReading>;
};

/** A detector in the figure of average precision against cost. */
export interface ScatterPoint {
  /** Unique among the points, and the id of its row in the detection table. */
  readonly id: string;
  readonly model: string;
  /** Short enough to fit beside the point. */
  readonly label: string;
  readonly family: string;
  /** Points of one family and series are joined by a line: models trained alike. */
  readonly series: string;
  readonly multiplyAddsB: number;
  readonly parametersM: number;
  /** Percent. */
  readonly AP: number;
  readonly source: string;
}

/** A claim that is often quoted, and one pair of numbers that it can be read from. */
export interface ClaimReading extends ResultsRow {
  readonly claim: string;
  readonly quantity: string;
  readonly model: string;
  readonly value: number;
  readonly against: string | null;
  readonly againstValue: number | null;
  readonly difference: number | null;
  readonly differencePercent: number | null;
  readonly verdict: string;
  readonly source: string;
}

/** Runs on one split of one data set: only these may be compared, so only these share a table. */
export interface MeasuredGroup {
  /** Its name in a page's address: "bccd-test". */
  readonly id: string;
  readonly title: string;
  /** What the data are: images, categories, and the hash that tells two versions of them apart. */
  readonly about: string;
  /** One row per study, its runs with different seeds taken together. */
  readonly comparison: ResultsTable;
  /** One row per run. */
  readonly runs: ResultsTable;
  readonly details: readonly RunDetails[];
}

export interface RunDetails {
  readonly id: string;
  readonly title: string;
  /** What was run, term by term. */
  readonly facts: readonly (readonly [term: string, value: string])[];
  readonly curve: readonly LossPoint[];
  readonly command: string;
}

/** Training losses at one point of a run. */
export interface LossPoint {
  readonly imagesSeen: number;
  readonly loss: number;
  readonly classLoss: number;
  readonly boxLoss: number;
}

/** A study that has not been run yet, and the command that runs it. */
export interface MissingRun {
  readonly title: string;
  readonly command: string;
}
