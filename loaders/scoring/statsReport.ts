import type { EvaluationParameters } from "../../src/coco/parameters.js";
import { detectionsIndex, summaryStats } from "../../src/coco/summarise.js";

/** The twelve numbers as pycocotools' `summarize` prints them, one per line. */
export function summaryLines(
  stats: readonly number[],
  { iouThresholds, maxDets }: Pick<EvaluationParameters, "iouThresholds" | "maxDets">,
): string[] {
  return summaryStats.map((stat, index) => {
    const title = stat.measure === "precision" ? "Average Precision  (AP)" : "Average Recall     (AR)";
    const iou = stat.iou?.toFixed(2) ?? `${iouThresholds[0]!.toFixed(2)}:${iouThresholds.at(-1)!.toFixed(2)}`;
    const most = String(maxDets[detectionsIndex(stat, maxDets)]).padStart(3);
    const slice = `IoU=${iou.padEnd(9)} | area=${stat.area.padStart(6)} | maxDets=${most}`;
    return ` ${title} @[ ${slice} ] = ${stats[index]!.toFixed(3)}`;
  });
}

/** Names of the twelve numbers: AP, AP50, …, AR100, …; recalls are named by the number of detections. */
export function columnNames(maxDets: readonly number[]): string[] {
  return summaryStats.map((stat) =>
    stat.measure === "recall" && stat.area === "all"
      ? `AR${maxDets[detectionsIndex(stat, maxDets)]}`
      : stat.name,
  );
}

/**
 * The twelve numbers as CSV: a header and one row of fractions, −1 without ground truth.
 *
 * @param more names and values of additional columns
 */
export function statsCsv(
  stats: readonly number[],
  maxDets: readonly number[],
  more: readonly (readonly [name: string, value: number | string])[] = [],
): string[] {
  return [
    [...columnNames(maxDets), ...more.map(([name]) => name)].join(","),
    [...stats, ...more.map(([, value]) => value)].join(","),
  ];
}
