import type { EvaluationParameters } from "../../src/coco/parameters.js";
import { detectionsIndex, summaryStats } from "../../src/coco/summarise.js";

/** The twelve numbers as pycocotools' `summarize` prints them, a line each. */
export function summaryLines(
  stats: readonly number[],
  { iouThresholds, maxDets }: Pick<EvaluationParameters, "iouThresholds" | "maxDets">,
): string[] {
  return summaryStats.map((line, index) => {
    const title = line.measure === "precision" ? "Average Precision  (AP)" : "Average Recall     (AR)";
    const iou = line.iou?.toFixed(2) ?? `${iouThresholds[0]!.toFixed(2)}:${iouThresholds.at(-1)!.toFixed(2)}`;
    const most = String(maxDets[detectionsIndex(line, maxDets)]).padStart(3);
    const slice = `IoU=${iou.padEnd(9)} | area=${line.area.padStart(6)} | maxDets=${most}`;
    return ` ${title} @[ ${slice} ] = ${stats[index]!.toFixed(3)}`;
  });
}
