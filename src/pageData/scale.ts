import type { CostMeasure } from "../architecture/costs/costShares.js";
import type { CostPart } from "../architecture/costs/costTree.js";
import type { ResultsRow } from "./resultsTable.js";

/** Everything /scale shows beyond what its page computes. */
export interface ScaleData {
  readonly spineNet: readonly ScaleRow[];
  readonly mobile: readonly (ScaleRow & { readonly parametersM: number })[];
  readonly shares: Readonly<Record<CostMeasure, readonly ShareRow[]>>;
}

/** One network of a family: how it is scaled, and its computed costs; beside them, its printed costs and AP. */
export interface ScaleRow extends ResultsRow {
  readonly model: string;
  readonly resolution: number;
  readonly repeats: number;
  readonly widthMultiplier: number;
  readonly widths: string;
  readonly alpha: number;
  readonly endpoints: number;
  readonly computedParametersM: number;
  readonly computedMultiplyAddsB: number;
  /** Null where none is printed. */
  readonly parametersM: number | null;
  readonly multiplyAddsB: number | null;
  readonly source: string;
}

/** One network's cost, and the percentages of its parts; null for a part that it lacks. */
export type ShareRow = { readonly model: string; readonly whole: number } & Readonly<
  Record<CostPart, number | null>
>;
