import { tableLines } from "../tableLines.js";
import type { Benchmark, ContenderResult } from "./run.js";
import { spreadOf } from "./spread.js";

/** A benchmark as a table for people; the ratios are to the first contender, turn by turn. */
export function benchmarkReport({ title, threads, processes, machine, contenders }: Benchmark): string {
  const each = processes === 1 ? "" : `${processes} processes side by side, `;
  const head = `${title}; ${each}${threads} thread${threads === 1 ? "" : "s"} each, on ${machine.cpu}, ${machine.cores} cores:`;
  const rows = contenders.map((contender, index) => rowOf(contender, index === 0));
  const columns = ["", "seconds", "least to most", "images/s", "CPU s", "peak MiB", "ratio", "quartiles"];
  return `${[head, ...tableLines([columns, ...rows], "")].join("\n")}\n`;
}

function rowOf(contender: ContenderResult, isFirst: boolean): string[] {
  const { name, seconds, cpuSeconds, imagesPerSecond, peakBytes, ratio } = contender;
  const { median, least, most } = spreadOf(seconds);
  return [
    name,
    median.toFixed(3),
    `${least.toFixed(3)} to ${most.toFixed(3)}`,
    imagesPerSecond.toFixed(2),
    spreadOf(cpuSeconds).median.toFixed(3),
    (peakBytes / 2 ** 20).toFixed(0),
    isFirst ? "1" : ratio.median.toFixed(2),
    isFirst ? "" : `${ratio.quartiles[0].toFixed(2)} to ${ratio.quartiles[1].toFixed(2)}`,
  ];
}
