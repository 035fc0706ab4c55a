/**
 * Measures `convert` beside TensorFlow with safetensors, in turns in one run:
 * `npm run bench:convert -- CHECKPOINT --python PYTHON [--rounds 5] [--json]`. PYTHON is an interpreter that has
 * tensorflow and safetensors. What reading and writing alone take is measured, too.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { Command } from "commander";
import * as v from "valibot";
import { checkpointIndex } from "../../loaders/checkpoints/checkpointIndex.js";
import { parseCount } from "../../loaders/commands/options.js";
import { tableLines } from "../../loaders/tableLines.js";

const runSchema = v.object({ output: v.object({}), cpuSeconds: v.number(), peakMebibytes: v.number() });

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
}

interface Options {
  readonly python: string;
  readonly rounds: number;
  readonly json?: boolean;
}

const program = new Command("bench:convert")
  .description("Conversion of a TensorFlow checkpoint here and in Python, in turns.")
  .argument("<checkpoint>", "as for convert")
  .requiredOption("--python <file>", "an interpreter with tensorflow and safetensors")
  .option("--rounds <n>", "runs of each tool", parseCount, 5)
  .option("--json", "print every run as JSON")
  .parse();
const options = program.opts<Options>();
const index = await checkpointIndex(program.args[0]!);
const prefix = index.replace(/\.index$/, "");

const folder = await mkdtemp(join(tmpdir(), "bench-convert-"));
try {
  const runs = await measure(folder);
  process.stdout.write(
    options.json ? `${JSON.stringify(Object.fromEntries(runs))}\n` : `${(await report(runs)).join("\n")}\n`,
  );
} finally {
  await rm(folder, { recursive: true });
}

/** The tools' commands; each prints a JSON object. */
function commands(out: string): ReadonlyMap<string, readonly string[]> {
  const node = ["node", "--import", "tsx"];
  const ours = (dtype: string) => [
    ...[...node, "loaders/cli.ts", "convert", index, "--json"],
    ...["--dtype", dtype, "--out", join(out, `${dtype}.safetensors`)],
  ];
  const theirs = (dtype: string) => [
    ...[options.python, "test/benchmark/convertPeer.py", prefix],
    ...[join(out, `peer-${dtype}.safetensors`), dtype],
  ];
  return new Map([
    ["reading and writing alone", [...node, "test/benchmark/copyCheckpoint.ts", prefix, join(out, "copy")]],
    ["convert, float32", ours("float32")],
    ["TensorFlow, float32", theirs("float32")],
    ["convert, float16", ours("float16")],
    ["TensorFlow, float16", theirs("float16")],
  ]);
}

async function measure(out: string): Promise<Map<string, Run[]>> {
  const tools = commands(out);
  const runs = new Map<string, Run[]>([...tools.keys()].map((name) => [name, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const [name, command] of tools) runs.get(name)!.push(await runOnce(command));
  }
  return runs;
}

async function runOnce(command: readonly string[]): Promise<Run> {
  const started = performance.now();
  const { stdout } = await promisify(execFile)(options.python, ["test/benchmark/measure.py", ...command], {
    maxBuffer: 2 ** 26,
  });
  const seconds = (performance.now() - started) / 1000;
  const { cpuSeconds, peakMebibytes } = v.parse(runSchema, JSON.parse(stdout));
  return { seconds, cpuSeconds, peakMebibytes };
}

async function report(runs: ReadonlyMap<string, readonly Run[]>): Promise<string[]> {
  const bytes = await checkpointBytes();
  const median = (of: readonly number[]) => [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)]!;
  const lines = tableLines([
    ["", "seconds", "CPU seconds", "peak MiB", "of the checkpoint"],
    ...[...runs].map(([name, each]) => {
      const peak = median(each.map(({ peakMebibytes }) => peakMebibytes));
      return [
        name,
        median(each.map(({ seconds }) => seconds)).toFixed(2),
        median(each.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
        peak.toFixed(0),
        `${((peak * 2 ** 20) / bytes).toFixed(2)} times`,
      ];
    }),
  ]);
  return [
    `${prefix}, ${(bytes / 1e6).toFixed(1)} MB; medians of ${options.rounds} whole processes`,
    ...lines,
  ];
}

async function checkpointBytes(): Promise<number> {
  const names = (await readdir(dirname(index))).filter((name) => name.startsWith(`${basename(prefix)}.`));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(dirname(index), name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
