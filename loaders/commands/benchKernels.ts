import { availableParallelism } from "node:os";
import { Command } from "commander";
import { type ContenderName, stockContenders } from "../benchmark/contenderProcess.js";
import { log } from "../log.js";
import { printJson, printLines } from "../terminal.js";
import { listOf, parseCount, parseImageSize } from "./options.js";

const opponents = [...stockContenders, "native", "gpu"] as const;

interface BenchKernelsOptions {
  readonly rounds: number;
  readonly batch: number;
  readonly size: number;
  readonly against: ContenderName[];
  readonly json?: boolean;
}

/** `bench kernels`: a training step with our wasm kernels, tfjs's own, and other engines. */
export function benchKernelsCommand(): Command {
  return new Command("kernels")
    .description(
      "Times a training step on wasm with our kernels against others, taking turns, each in its own process. " +
        "stock is tfjs's own wasm kernels, with plain loops for the missing filter gradient of convolutions; " +
        "patched uses ours for that one.",
    )
    .option("--rounds <n>", "steps per contender", parseCount, 3)
    .option("--batch <n>", "images per step", parseCount, 4)
    .option("--size <n>", "image height and width, a multiple of 128", parseImageSize, 256)
    .option("--against <names>", `comma-separated, any of ${opponents.join(", ")}`, listOf(opponents), [
      "stock",
    ])
    .option("--json", "print the numbers as JSON, alone on standard output")
    .action(async ({ against, json, ...options }: BenchKernelsOptions) => {
      // tfjs takes most of a second to load; other commands should not wait for it.
      const { runBenchmark } = await import("../benchmark/run.js");
      const { benchmarkReport } = await import("../benchmark/report.js");
      const benchmark = await runBenchmark({
        ...options,
        task: "training",
        network: "retinanet",
        contenders: ["wasm", ...against],
        threads: availableParallelism(),
        processes: 1,
        python: "python3",
        onTurn: (name, seconds) => log.info(`${name}: ${seconds.toFixed(2)} s`),
      });
      if (json) printJson(benchmark, 2);
      else printLines([benchmarkReport(benchmark).trimEnd()]);
    });
}
