import { detectionsIndex, summaryStats } from "../../src/coco/summarise.js";

/** What the twelve numbers are called: AP, AP50, …, AR100, …; a recall by how many detections count. */
export function columnNames(maxDets: readonly number[]): string[] {
  return summaryStats.map((line) =>
    line.measure === "recall" && line.area === "all"
      ? `AR${maxDets[detectionsIndex(line, maxDets)]}`
      : line.name,
  );
}
