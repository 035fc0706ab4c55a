import * as tf from "@tensorflow/tfjs-core";
import { startEngine } from "../../engine/startEngine.js";
import { convolutionFilterGradient } from "../../engine/wasm/convolutionFilterGradient.js";
import { unregisterWasmKernels } from "../../engine/wasm/registerWasmKernels.js";
import { type BenchmarkNetwork, createBenchmarkNetwork } from "./network.js";
import { plainFilterGradient } from "./plainFilterGradient.js";

/**
 * What can be timed: wasm with our kernels; tfjs's own, with plain loops for the one it lacks, a
 * convolution's filter gradient (`stock`), or with ours for that one alone (`patched`); and native engines.
 */
export type KernelContenderName = "wasm" | "stock" | "patched" | "native" | "gpu";

export interface ContenderTimes {
  readonly name: KernelContenderName;
  /** One training step each, in the order they were taken. */
  readonly seconds: readonly number[];
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly imagesPerSecond: number;
}

export interface KernelBenchmark {
  readonly size: number;
  readonly batch: number;
  readonly multiplyAddsPerImage: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly contenders: readonly ContenderTimes[];
  /** How many times faster the first contender's median is than each one's. */
  readonly ratios: Readonly<Record<string, number>>;
}

export interface KernelBenchmarkOptions {
  readonly contenders: readonly KernelContenderName[];
  readonly rounds: number;
  readonly batch: number;
  readonly size: number;
  readonly onStep?: (name: KernelContenderName, seconds: number) => void;
}

/**
 * Times training steps of one network, the contenders taking turns, so that a slow minute of the computer
 * meets them all. Each first takes a step of a small network, which compiles what is compiled late.
 *
 * @throws if a contender's engine cannot start.
 */
export async function runKernelBenchmark(options: KernelBenchmarkOptions): Promise<KernelBenchmark> {
  const { contenders, rounds, batch, size, onStep } = options;
  const versions: Record<string, string> = {};
  const networks = new Map<KernelContenderName, BenchmarkNetwork>();
  const seconds = new Map<KernelContenderName, number[]>(contenders.map((name) => [name, []]));
  for (const name of contenders) {
    Object.assign(versions, await activate(name));
    const small = createBenchmarkNetwork(1, 64);
    small.step();
    small.dispose();
    networks.set(name, createBenchmarkNetwork(batch, size));
  }
  for (let round = 0; round < rounds; round++) {
    for (const [name, network] of networks) {
      await activate(name);
      const start = performance.now();
      network.step();
      const taken = (performance.now() - start) / 1000;
      seconds.get(name)?.push(taken);
      onStep?.(name, taken);
    }
  }
  const times = [...seconds].map(([name, taken]) => summary(name, taken, batch));
  const [first] = times;
  const multiplyAddsPerImage = [...networks.values()][0]?.multiplyAdds ?? 0;
  for (const [name, network] of networks) {
    await activate(name);
    network.dispose();
  }
  return {
    size,
    batch,
    multiplyAddsPerImage,
    versions,
    contenders: times,
    ratios: Object.fromEntries(
      times.slice(1).map(({ name, median }) => [name, median / (first?.median ?? 0)]),
    ),
  };
}

/** Makes a contender's backend and kernels the current ones; gives its engine's versions. */
async function activate(name: KernelContenderName): Promise<Record<string, string>> {
  if (name === "native" || name === "gpu") return (await startEngine(name)).versions;
  const { kernelName, backendName } = plainFilterGradient;
  if (tf.getKernel(kernelName, backendName) === plainFilterGradient) {
    tf.unregisterKernel(kernelName, backendName);
  }
  const { versions } = await startEngine("wasm");
  if (name !== "wasm") {
    unregisterWasmKernels();
    tf.registerKernel(name === "stock" ? plainFilterGradient : convolutionFilterGradient);
  }
  return versions;
}

function summary(name: KernelContenderName, seconds: readonly number[], batch: number): ContenderTimes {
  const sorted = [...seconds].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { name, seconds, median, least: sorted[0]!, most: sorted.at(-1)!, imagesPerSecond: batch / median };
}
