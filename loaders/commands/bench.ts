import { Command } from "commander";
import { type ContenderName, engineContenders, peerNames } from "../benchmark/contenderProcess.js";
import {
  type BenchmarkNetworkName,
  benchmarkNetworkNames,
  benchmarkNetworkTitles,
} from "../benchmark/networks.js";
import { type Task, tasks } from "../benchmark/workload.js";
import { log } from "../log.js";
import { printJson, printLines } from "../terminal.js";
import { benchKernelsCommand } from "./benchKernels.js";
import { listOf, parseCount, parseImageSize } from "./options.js";

interface BenchOptions {
  readonly task: Task[];
  readonly network: BenchmarkNetworkName[];
  readonly engine?: ContenderName[];
  readonly peer: ContenderName[];
  readonly rounds: number;
  readonly batch?: number;
  readonly size: number;
  readonly threads: number;
  readonly processes: number;
  readonly python: string;
  readonly json?: boolean;
}

const networksHelp = benchmarkNetworkNames
  .map((name) => `${name} is ${benchmarkNetworkTitles[name]}`)
  .join("; ");

/** `bench`: training steps and inference on our engines and other runtimes. */
export function benchCommand(): Command {
  return new Command("bench")
    .description(
      "Times training steps and inference of the same networks on the engines that work here, taking turns, each in " +
        `its own process. ${networksHelp}.`,
    )
    .option("--task <names>", `comma-separated, any of ${tasks.join(", ")}`, listOf(tasks), [...tasks])
    .option(
      "--network <names>",
      `any of ${benchmarkNetworkNames.join(", ")}`,
      listOf(benchmarkNetworkNames),
      [...benchmarkNetworkNames],
    )
    .option(
      "--engine <names>",
      `any of ${engineContenders.join(", ")} (default: those that work)`,
      listOf(engineContenders),
    )
    .option(
      "--peer <names>",
      `other runtimes to compare with, if installed, any of ${peerNames.join(", ")}; onnxruntime only runs inference`,
      listOf(peerNames),
      [],
    )
    .option("--rounds <n>", "turns per contender", parseCount, 10)
    .option("--batch <n>", "images per turn (default: 8 in training, 1 in inference)", parseCount)
    .option("--size <n>", "image height and width, a multiple of 128", parseImageSize, 256)
    .option("--threads <n>", "threads per process", parseCount, 2)
    .option("--processes <n>", "concurrent processes per contender", parseCount, 1)
    .option("--python <file>", "Python interpreter with PyTorch", "python3")
    .option("--json", "print the numbers as JSON, alone on standard output")
    .action(bench)
    .enablePositionalOptions()
    .addCommand(benchKernelsCommand());
}

async function bench(options: BenchOptions): Promise<void> {
  // tfjs takes most of a second to load; other commands should not wait for it.
  const { runBenchmark } = await import("../benchmark/run.js");
  const { benchmarkReport } = await import("../benchmark/report.js");
  const engines = options.engine ?? (await workingEngines());
  const benchmarks = [];
  for (const network of options.network) {
    for (const task of options.task) {
      const peers = options.peer.filter((name) => task === "inference" || name === "pytorch");
      const benchmark = await runBenchmark({
        ...options,
        task,
        network,
        contenders: [...engines, ...peers],
        batch: options.batch ?? (task === "training" ? 8 : 1),
        onTurn: (name, seconds) => log.info(`${network} ${task}, ${name}: ${seconds.toFixed(3)} s`),
      });
      benchmarks.push(benchmark);
      if (!options.json) printLines([benchmarkReport(benchmark)]);
    }
  }
  if (options.json) printJson(benchmarks, 2);
}

async function workingEngines(): Promise<ContenderName[]> {
  const { probeEngines } = await import("../engine/probe/probeEngines.js");
  const working = (await probeEngines()).filter(({ works }) => works).map(({ name }) => name);
  return engineContenders.filter((name) => working.includes(name));
}
