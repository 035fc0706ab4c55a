import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { type ContenderName, type ContenderOptions, ContenderProcess } from "./contenderProcess.js";
import { type BenchmarkNetworkName, benchmarkNetwork } from "./networks.js";
import { type Spread, spreadOf } from "./spread.js";
import { type Task, titleOf, type Workload, writeWorkload } from "./workload.js";

export interface BenchmarkOptions extends ContenderOptions {
  readonly task: Task;
  readonly network: BenchmarkNetworkName;
  readonly contenders: readonly ContenderName[];
  /** Turns that are timed. */
  readonly rounds: number;
  readonly batch: number;
  readonly size: number;
  /** Threads per process. */
  readonly threads: number;
  /** Processes per contender, which take their turn in parallel. */
  readonly processes: number;
  readonly onTurn?: (name: ContenderName, seconds: number) => void;
}

export interface ContenderResult {
  readonly name: ContenderName;
  readonly versions: Readonly<Record<string, string>>;
  /** One number per turn, in order; with several processes, the time until the last is done. */
  readonly seconds: readonly number[];
  readonly cpuSeconds: readonly number[];
  readonly imagesPerSecond: number;
  /** Peak memory of the process that used most. */
  readonly peakBytes: number;
  /** This contender's seconds over the first one's, turn by turn. */
  readonly ratio: Spread;
  /** The largest |difference| / (1 + |value|) of what the first turn computed to what the first contender computed. */
  readonly difference: number;
}

export interface Benchmark {
  readonly title: string;
  readonly task: Task;
  readonly network: BenchmarkNetworkName;
  readonly batch: number;
  readonly size: number;
  readonly threads: number;
  readonly processes: number;
  readonly machine: { readonly cpu: string; readonly cores: number };
  readonly contenders: readonly ContenderResult[];
}

interface Entrant {
  readonly name: ContenderName;
  readonly processes: readonly ContenderProcess[];
}

/**
 * Consecutive runs in a turn, about a third of a second in all. Detection processes a stream of images; with long gaps
 * between images, a library whose threads sleep in the gaps would be timed waking them up.
 */
const repeats: Readonly<Record<Task, number>> = { training: 1, inference: 30 };

/** Untimed turns, to compile and warm up; two, since some libraries optimise a graph only after its first run. */
const untimed = 2;

/**
 * Times contenders on one workload. They take turns, so that a slow minute of the computer affects them all, and each
 * waits while another computes. First, each shows what it computes, and all must agree.
 *
 * @throws Error if a contender does not start, stops early, or computes something different from the first.
 */
export async function runBenchmark(options: BenchmarkOptions): Promise<Benchmark> {
  const { task, network, batch, size, threads, processes } = options;
  const model = benchmarkNetwork(network, size);
  const workload: Workload = { task, batch, threads, learningRate: 1e-4, model };
  const folder = await mkdtemp(join(tmpdir(), "spinenet-bench-"));
  const entrants: Entrant[] = [];
  try {
    await writeWorkload(folder, workload);
    const outputs: Float32Array[] = [];
    for (const name of options.contenders) {
      const started: ContenderProcess[] = [];
      entrants.push({ name, processes: started });
      for (let count = 0; count < processes; count++) {
        started.push(await ContenderProcess.start(name, folder, options, threads));
      }
      outputs.push(await firstOutputs(started, join(folder, `${name}.f32`)));
      for (let turn = 1; turn < untimed; turn++) await turnOf(started, repeats[task]);
    }
    const differences = outputs.map((values) => differenceOf(values, outputs[0]!));
    differences.forEach((difference, index) => {
      checkSame(options.contenders[index]!, difference);
    });
    const results = await timedRounds(entrants, options);
    return {
      title: titleOf(workload),
      task,
      network,
      batch,
      size,
      threads,
      processes,
      machine: { cpu: cpus()[0]?.model.trim() ?? "unknown", cores: availableParallelism() },
      contenders: results.map((result, index) => ({ ...result, difference: differences[index]! })),
    };
  } finally {
    for (const { processes: started } of entrants) for (const each of started) each.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timedRounds(
  entrants: readonly Entrant[],
  { task, rounds, batch, onTurn }: BenchmarkOptions,
): Promise<Omit<ContenderResult, "difference">[]> {
  const turns = entrants.map((): Awaited<ReturnType<typeof turnOf>>[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { name, processes }] of entrants.entries()) {
      const turn = await turnOf(processes, repeats[task]);
      turns[index]!.push(turn);
      onTurn?.(name, turn.seconds);
    }
  }
  const first = turns[0]!;
  return entrants.map(({ name, processes }, index) => {
    const taken = turns[index]!;
    const seconds = taken.map((turn) => turn.seconds);
    return {
      name,
      versions: processes[0]!.versions,
      seconds,
      cpuSeconds: taken.map((turn) => turn.cpuSeconds),
      imagesPerSecond: (batch * processes.length) / spreadOf(seconds).median,
      peakBytes: Math.max(...taken.map((turn) => turn.peakBytes)),
      ratio: spreadOf(seconds.map((value, round) => value / first[round]!.seconds)),
    };
  });
}

/** One turn of all of a contender's processes, in parallel. */
async function turnOf(processes: readonly ContenderProcess[], count: number) {
  const start = performance.now();
  const answers = await Promise.all(processes.map((each) => each.turn(count)));
  const together = (performance.now() - start) / 1000 / count;
  return {
    // A single process times itself, which leaves out the time its answer takes to arrive.
    seconds: processes.length === 1 ? answers[0]!.seconds : together,
    cpuSeconds: answers.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    peakBytes: Math.max(...answers.map(({ peakBytes }) => peakBytes)),
  };
}

async function firstOutputs(processes: readonly ContenderProcess[], file: string): Promise<Float32Array> {
  const [first, ...others] = processes;
  await first!.turn(1, file);
  for (const other of others) await other.turn();
  const bytes = await readFile(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function differenceOf(values: Float32Array, reference: Float32Array): number {
  if (values.length !== reference.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  values.forEach((value, index) => {
    const difference = Math.abs(value - reference[index]!) / (1 + Math.abs(reference[index]!));
    // NaN compares as false and would pass.
    largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
  });
  return largest;
}

function checkSame(name: ContenderName, difference: number): void {
  if (difference <= 1e-4) return;
  throw new Error(
    `${name} computes something else than the first contender: they differ by ${difference.toPrecision(3)}, ` +
      "where rounding makes 1e-4 at most. Its time would say nothing.",
  );
}
