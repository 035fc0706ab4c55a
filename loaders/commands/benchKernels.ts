import { Command } from "commander";
import type { KernelBenchmark, KernelContenderName } from "../benchmark/kernels/run.js";
import { log } from "../log.js";
import { listOf, parseCount, parseImageSize } from "./options.js";

const opponents = ["stock", "patched", "native", "gpu"] as const satisfies readonly KernelContenderName[];

interface BenchOptions {
  readonly rounds: number;
  readonly batch: number;
  readonly size: number;
  readonly against: KernelContenderName[];
  readonly json?: boolean;
}

/** `bench kernels`: a training step with our wasm kernels, tfjs's own, and other engines. */
export function benchKernelsCommand(): Command {
  return new Command("kernels")
    .description(
      "Times a training step on wasm with our kernels against others, taking turns in one process. " +
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
    .action(async ({ rounds, batch, size, against, json }: BenchOptions) => {
      // tfjs takes most of a second to load; other commands should not wait for it.
      const { runKernelBenchmark } = await import("../benchmark/kernels/run.js");
      const benchmark = await runKernelBenchmark({
        contenders: ["wasm", ...against],
        rounds,
        batch,
        size,
        onStep: (name, seconds) => log.info(`${name}: ${seconds.toFixed(2)} s`),
      });
      process.stdout.write(json ? `${JSON.stringify(benchmark, null, 2)}\n` : described(benchmark));
    });
}

function described({
  batch,
  size,
  multiplyAddsPerImage,
  contenders: times,
  ratios,
}: KernelBenchmark): string {
  const rows = times.map(({ name, median, least, most, imagesPerSecond }) => {
    const ratio = ratios[name];
    const factor = ratio === undefined ? "" : `, ${ratio.toFixed(1)} times wasm's`;
    return (
      `${name.padEnd(8)}${median.toFixed(2)} s per step (${least.toFixed(2)} to ${most.toFixed(2)}), ` +
      `${imagesPerSecond.toFixed(2)} images per second${factor}\n`
    );
  });
  const giga = (multiplyAddsPerImage / 1e9).toFixed(2);
  return `Training, ${batch} images of ${size} pixels, ${giga} billion multiply-adds per image (forward):\n${rows.join("")}`;
}
