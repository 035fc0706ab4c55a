import * as tf from "@tensorflow/tfjs-core";
import { costsOf } from "../../../src/architecture/costs/costs.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { startEngine } from "../../engine/startEngine.js";
import { convolutionFilterGradient } from "../../engine/wasm/convolutionFilterGradient.js";
import { unregisterWasmKernels } from "../../engine/wasm/registerWasmKernels.js";
import { benchmarkNetwork } from "../networks.js";
import { spreadOf } from "../spread.js";
import { type Turns, turnsOf } from "../turns.js";
import { loadWorkload } from "../workload.js";
import { plainFilterGradient } from "./plainFilterGradient.js";

/**
 * What can be timed: wasm with our kernels; tfjs's own, with plain loops for the one it lacks, a
 * convolution's filter gradient (`stock`), or with ours for that one alone (`patched`); and native engines.
 */
export type KernelContenderName = "wasm" | "stock" | "patched" | "native" | "gpu";

export interface ContenderTimes {
  readonly name: KernelContenderName;
  /** One number per training step, in order. */
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
 * Times training steps of one network, the contenders taking turns, so that a slow minute of the computer affects them
 * all. Each first takes a step of a small network, which triggers lazy compilation.
 *
 * @throws if a contender's engine cannot start.
 */
export async function runKernelBenchmark(options: KernelBenchmarkOptions): Promise<KernelBenchmark> {
  const { contenders, rounds, batch, size, onStep } = options;
  const versions: Record<string, string> = {};
  const turns = new Map<KernelContenderName, Turns>();
  const seconds = new Map<KernelContenderName, number[]>(contenders.map((name) => [name, []]));
  for (const name of contenders) {
    Object.assign(versions, await activate(name));
    const small = trainingTurns(1, 128);
    await small.take();
    small.dispose();
    turns.set(name, trainingTurns(batch, size));
  }
  for (let round = 0; round < rounds; round++) {
    for (const [name, { take }] of turns) {
      await activate(name);
      const start = performance.now();
      await take();
      const taken = (performance.now() - start) / 1000;
      seconds.get(name)?.push(taken);
      onStep?.(name, taken);
    }
  }
  for (const [name, { dispose }] of turns) {
    await activate(name);
    dispose();
  }
  const times = [...seconds].map(([name, taken]): ContenderTimes => {
    const { median, least, most } = spreadOf(taken);
    return { name, seconds: taken, median, least, most, imagesPerSecond: batch / median };
  });
  const [first] = times;
  return {
    size,
    batch,
    multiplyAddsPerImage: costsOf(layersOf(benchmarkNetwork("retinanet", size))).multiplyAdds,
    versions,
    contenders: times,
    ratios: Object.fromEntries(
      times.slice(1).map(({ name, median }) => [name, median / (first?.median ?? 0)]),
    ),
  };
}

function trainingTurns(batch: number, size: number): Turns {
  const model = benchmarkNetwork("retinanet", size);
  return turnsOf(loadWorkload({ task: "training", batch, threads: 1, learningRate: 1e-4, model }));
}

/** Activates a contender's backend and kernels; returns its engine's versions. */
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
