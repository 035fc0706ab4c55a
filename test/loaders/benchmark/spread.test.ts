import { describe, expect, it } from "vitest";
import { benchmarkReport } from "../../../loaders/benchmark/report.js";
import { spreadOf } from "../../../loaders/benchmark/spread.js";

describe("a spread", () => {
  it("has the middle, the ends and the quarters of unordered values", () => {
    // 1 2 3 4 5: the quarters are the second and the fourth.
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, least: 1, most: 5, quartiles: [2, 4] });
    expect(spreadOf([1, 2]).median).toBe(1.5);
  });
});

describe("a described benchmark", () => {
  it("is a table whose ratios are to the first contender, turn by turn", () => {
    const contender = (
      name: "native" | "pytorch",
      seconds: readonly number[],
      ratios: readonly number[],
    ) => ({
      name,
      versions: {},
      seconds,
      cpuSeconds: seconds.map((value) => value * 2),
      imagesPerSecond: 8 / spreadOf(seconds).median,
      peakBytes: 3 * 2 ** 20,
      ratio: spreadOf(ratios),
      difference: 0,
    });
    const text = benchmarkReport({
      title: "training, a network, 8 images of 256 pixels",
      task: "training",
      network: "spinenet",
      batch: 8,
      size: 256,
      threads: 1,
      processes: 2,
      machine: { cpu: "A CPU", cores: 2 },
      contenders: [
        contender("native", [1, 2, 4], [1, 1, 1]),
        contender("pytorch", [0.5, 1, 4], [0.5, 0.5, 1]),
      ],
    });
    expect(text).toBe(
      [
        "training, a network, 8 images of 256 pixels; 2 processes side by side, 1 thread each, on A CPU, 2 cores:",
        "         seconds   least to most  images/s  CPU s  peak MiB  ratio     quartiles",
        "native     2.000  1.000 to 4.000      4.00  4.000         3      1",
        "pytorch    1.000  0.500 to 4.000      8.00  2.000         3   0.50  0.50 to 0.75",
        "",
      ].join("\n"),
    );
  });
});
