import { median } from "d3";
import type { MeasureName } from "../../../architecture/graph/networkMeasures.js";
import type { SampledNetworks } from "../../../pageData/search.js";
import type { ComparedNetwork } from "../comparedNetworks.js";
import { type Extremes, extremesOf } from "./extremes.js";
import { measureWords } from "./measureWords.js";
import { rankOf, rankWords } from "./percentile.js";

interface PlaceAmong {
  readonly extremes: Extremes;
  /** A measure of the network, formatted. */
  value(name: MeasureName): string;
  /** Where the network ranks by a measure: "in the highest 3% of 1,000 samples". */
  place(name: MeasureName): string;
  /** The sampled networks' median of a measure. */
  median(name: MeasureName): string;
}

/** Where a network ranks among the sampled ones. */
export function placeAmong({ measures }: ComparedNetwork, { measures: among }: SampledNetworks): PlaceAmong {
  return {
    extremes: extremesOf(measures, among),
    value: (name) => measureWords[name].format(measures[name]),
    place: (name) => rankWords(rankOf(measures[name], among[name]), "samples"),
    median: (name) => measureWords[name].format(median(among[name])!),
  };
}

/** The measures by which two networks are at the same end. */
export function sharedExtremes(one: Extremes, other: Extremes): readonly MeasureName[] {
  return [
    ...one.high.filter((name) => other.high.includes(name)),
    ...one.low.filter((name) => other.low.includes(name)),
  ];
}

/** How many blocks of a network read others, and how many of them read one of the two blocks just before them. */
export function readersOf({ description }: ComparedNetwork): { readonly all: number; readonly near: number } {
  const reading = description.blocks.slice(2);
  const near = reading.filter(({ id, parents }) => parents.some((parent) => id - parent <= 2));
  return { all: reading.length, near: near.length };
}
