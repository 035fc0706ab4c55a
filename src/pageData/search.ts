import type { OutputMeasures } from "../architecture/graph/graphMeasures.js";
import type { MeasureName } from "../architecture/graph/networkMeasures.js";
import type { SearchSpace } from "../architecture/search/searchSpace.js";

/** Everything /search shows beyond what its page computes. */
export interface SearchData {
  readonly sampled: SampledNetworks;
  readonly setup: readonly SetupItem[];
  /** How many networks were proposed until the best one, by model. */
  readonly samples: readonly {
    readonly model: string;
    readonly modelId: string | null;
    readonly samples: number;
  }[];
  /** The age of the universe, in billions of years. */
  readonly universe: { readonly value: number; readonly unit: string };
  /** Epochs of training with which the best network was then measured, protocol B. */
  readonly fullTraining: { readonly epochs: number; readonly source: string };
}

/** Networks sampled by the search's rules: the measures of each, in the order of the samples. */
export interface SampledNetworks {
  readonly seed: number;
  readonly count: number;
  readonly measures: Readonly<Record<MeasureName, readonly number[]>>;
  readonly outputs: readonly SampledOutput[];
}

/** The sampled networks' outputs of one level. */
export type SampledOutput = { readonly level: number } & Readonly<
  Record<Exclude<keyof OutputMeasures, "level">, Spread>
>;

/** The median of the sampled networks, and their 5th and 95th percentiles. */
export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** One thing that the search was given, or that it cost. */
export interface SetupItem {
  readonly part: string;
  readonly item: string;
  /** Null where it was never published. */
  readonly given: string | null;
  readonly value: number | null;
  readonly source: string;
}

/** The formulas of the counts that are not products of the others, as HTML. */
export type SearchFormulas = Readonly<Record<Exclude<keyof SearchSpace, "total" | "totalSearched">, string>>;
