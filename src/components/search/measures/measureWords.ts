import type { MeasureName } from "../../../architecture/graph/networkMeasures.js";
import { outputBlocks } from "../../../architecture/search/scalePermutation.js";
import { quantity } from "../../tables/quantity.js";

interface MeasureWords {
  readonly title: string;
  /** What is counted, in a phrase that ends the sentence "It is …". */
  readonly meaning: string;
  readonly format: (value: number) => string;
  /** What its values are multiples of. */
  readonly step?: number;
  /** Whether its axis is logarithmic. */
  readonly logarithmic?: boolean;
}

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
/** Of whole numbers over the five outputs. */
const mean = 1 / outputBlocks;
const tenths = (value: number): string => value.toFixed(1);
const hundredths = (value: number): string => value.toFixed(2);

/** The name and number format of each measure of a network. */
export const measureWords: Readonly<Record<MeasureName, MeasureWords>> = {
  multiplyAdds: {
    title: "Multiply-adds",
    meaning: "the multiply-adds of one image, RetinaNet's head included",
    format: quantity,
  },
  parameters: {
    title: "Parameters",
    meaning: "the trainable parameters, the head's included",
    format: quantity,
  },
  shortestPath: {
    title: "Shortest path",
    meaning: "the fewest blocks on a path from the input to an output, averaged over the outputs",
    format: tenths,
    step: mean,
  },
  meanPath: {
    title: "Mean path",
    meaning: "the blocks on a path from the input to an output, averaged over all paths",
    format: hundredths,
  },
  longestPath: {
    title: "Longest path",
    meaning: "the most blocks on a path from the input to an output",
    format: whole,
    step: 1,
  },
  paths: {
    title: "Paths",
    meaning: "the different paths from the input to the outputs",
    format: whole,
    logarithmic: true,
  },
  scales: {
    title: "Levels seen",
    meaning: "the different levels among the maps that an output is made from, averaged over the outputs",
    format: tenths,
    step: mean,
  },
  reach: {
    title: "Reach",
    meaning: "how many places back in the order a connection reaches, on average",
    format: hundredths,
  },
  coarserInOrder: {
    title: "Coarser steps in the order",
    meaning: "the blocks that follow one of a finer level",
    format: whole,
    step: 1,
  },
  finerInOrder: {
    title: "Finer steps in the order",
    meaning: "the blocks that follow one of a coarser level",
    format: whole,
    step: 1,
  },
  coarserOnPath: {
    title: "Coarser steps on a path",
    meaning: "the connections of a path that lead to a coarser level, averaged over all paths",
    format: hundredths,
  },
  finerOnPath: {
    title: "Finer steps on a path",
    meaning: "the connections of a path that lead to a finer level, averaged over all paths",
    format: hundredths,
  },
};
