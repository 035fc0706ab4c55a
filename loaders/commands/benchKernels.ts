import { Command, InvalidArgumentError } from "commander";
import { picklist, safeParse } from "valibot";
import type { KernelBenchmark, KernelContenderName } from "../benchmark/kernels/kernels.js";
import { log } from "../log.js";
import { parseCount, parseImageSize } from "./options.js";

const contenders = [
  "wasm",
  "stock",
  "mended",
  "native",
  "gpu",
] as const satisfies readonly KernelContenderName[];
const contenderSchema = picklist(contenders);

interface BenchOptions {
  readonly rounds: number;
  readonly batch: number;
  readonly size: number;
  readonly against: KernelContenderName[];
  readonly json?: boolean;
}

/** `bench kernels`: a training step by our wasm kernels against the same step by tfjs's own, or by other engines. */
export function benchKernelsCommand(): Command {
  return new Command("kernels")
    .description(
      "Times a training step on wasm with our kernels against others, in turns within one process. " +
        "stock is tfjs's own wasm kernels, with plain loops for the one they lack, a convolution's filter gradient; " +
        "mended has ours for that one alone. Native engines run it operation by operation here.",
    )
    .option("--rounds <n>", "steps of each", parseCount, 3)
    .option("--batch <n>", "images a step", parseCount, 4)
    .option("--size <n>", "height and width of an image, a multiple of 128", parseImageSize, 256)
    .option("--against <names>", `any of ${contenders.slice(1).join(", ")}, with commas`, contenderList, [
      "stock",
    ])
    .option("--json", "print the numbers as JSON, alone on standard output")
    .action(async ({ rounds, batch, size, against, json }: BenchOptions) => {
      // tfjs takes most of a second to load; the other commands shall not wait for it.
      const { runKernelBenchmark } = await import("../benchmark/kernels/kernels.js");
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
      `${name.padEnd(8)}${median.toFixed(2)} s a step (${least.toFixed(2)} to ${most.toFixed(2)}), ` +
      `${imagesPerSecond.toFixed(2)} images a second${factor}\n`
    );
  });
  const giga = (multiplyAddsPerImage / 1e9).toFixed(2);
  return `Training, ${batch} images of ${size} pixels, ${giga} billion multiply-adds an image forward:\n${rows.join("")}`;
}

function contenderList(text: string): KernelContenderName[] {
  return text.split(",").map((name) => {
    const result = safeParse(contenderSchema, name.trim());
    if (!result.success || result.output === "wasm") {
      throw new InvalidArgumentError(`It takes ${contenders.slice(1).join(", ")}.`);
    }
    return result.output;
  });
}
