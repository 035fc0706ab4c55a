/** Everything /about shows: what its loader writes and the page reads. */
export interface AboutData {
  /** Of package.json. */
  readonly version: string;
  readonly packages: readonly ShippedPackage[];
  readonly weights: readonly DescribedWeights[];
  readonly studies: readonly StudyToRerun[];
  /** Sides of the images that the recorded runs were trained on, in pixels, without repetition, rising. */
  readonly inputSides: readonly number[];
  /** Published rows on the way from ResNet to SpineNet whose graph was not published. */
  readonly withoutGraph: readonly string[];
}

/** A package of which something reaches a reader. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json has it, an SPDX expression. */
  readonly licence: string;
  /** Where it is developed; absent where it does not say. */
  readonly address?: string;
}

export interface DescribedWeights {
  readonly file: string;
  readonly model: string;
  readonly data: string;
  readonly trainImages: number | null;
  /** The terms under which the data may be used; null where they were never recorded. */
  readonly terms: string | null;
}

/** A study, the command that reruns it, and how long its training took. */
export interface StudyToRerun {
  readonly title: string;
  readonly tier: "instant" | "small" | "full";
  readonly command: string;
  /** Training alone, from the oldest record; null without a record. */
  readonly seconds: number | null;
  /** Where that was measured: processor, cores, engine; null without a record. */
  readonly on: string | null;
  readonly seeds: number;
}
