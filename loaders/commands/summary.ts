import { summaryStats } from "../../src/coco/summarise.js";
import type { RunRecord } from "../records/record.js";

/** A record's numbers as text, one per line. */
export function summaryOf({ id, data, metrics }: RunRecord): string[] {
  const lines =
    "stats" in metrics
      ? summaryStats.map(({ name }, index) => line(name, metrics.stats[index]!))
      : [line("top-1", metrics.top1), line("top-5", metrics.top5)];
  return [`${id} on ${data.name} ${data.split}, ${data.images} images`, ...lines];
}

function line(name: string, value: number): string {
  return ` ${name.padEnd(6)} ${value < 0 ? "no objects" : value.toFixed(3)}`;
}
