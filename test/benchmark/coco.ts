/**
 * Measures this project's COCO evaluation beside the tools in Python that do the same, in turns in one run:
 * `npm run bench:coco -- --python PYTHON [--rounds 3] [--only boxes] [--json]`. PYTHON is an interpreter that has
 * pycocotools, faster-coco-eval and hotcoco; those it lacks are left out by name with --against.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Command, InvalidArgumentError, Option } from "commander";
import * as v from "valibot";
import { type CocoWorkload, writeCocoWorkload } from "./cocoData.js";

const peers = ["pycocotools", "faster-coco-eval", "hotcoco"] as const;
type Peer = (typeof peers)[number];
type Tool = Peer | "ours";

const workloads = {
  boxes: { images: 5000, categories: 80, objects: 37_000, detections: 496_000, masks: false, seed: 1 },
  masks: { images: 1000, categories: 80, objects: 7400, detections: 20_000, masks: true, seed: 1 },
} as const satisfies Record<string, CocoWorkload>;
type WorkloadName = keyof typeof workloads;

/** One run of one tool, as measure.py prints it. */
const runSchema = v.object({
  output: v.object({
    stats: v.pipe(v.array(v.number()), v.length(12)),
    evaluateSeconds: v.optional(v.number()),
    version: v.optional(v.string()),
  }),
  cpuSeconds: v.number(),
  peakMebibytes: v.number(),
});
type Run = v.InferOutput<typeof runSchema>;

interface Options {
  readonly python: string;
  readonly rounds: number;
  readonly only?: WorkloadName;
  readonly against: readonly Peer[];
  readonly json?: boolean;
}

const program = new Command("bench:coco")
  .description("COCO evaluation here and in Python, on the same made-up files, in turns.")
  .requiredOption("--python <file>", "an interpreter with the peers installed")
  .option("--rounds <n>", "runs of each tool", wholeNumber, 3)
  .addOption(new Option("--only <workload>", "one of the two").choices(Object.keys(workloads)))
  .addOption(new Option("--against <peers...>", "which peers").choices(peers).default([...peers]))
  .option("--json", "print every run as JSON");
const options = program.parse().opts<Options>();

const folder = await mkdtemp(join(tmpdir(), "bench-coco-"));
try {
  for (const name of options.only === undefined ? (["boxes", "masks"] as const) : [options.only]) {
    const runs = await measure(name, options);
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ workload: workloads[name], runs: Object.fromEntries(runs) })}\n`
        : described(name, runs),
    );
  }
} finally {
  await rm(folder, { recursive: true });
}

async function measure(name: WorkloadName, { python, rounds, against }: Options): Promise<Map<Tool, Run[]>> {
  const annotations = join(folder, `${name}-annotations.json`);
  const detections = join(folder, `${name}-detections.json`);
  process.stderr.write(`${name}: writing files\n`);
  await writeCocoWorkload(workloads[name], annotations, detections);
  const iouType = workloads[name].masks ? "segm" : "bbox";
  const tools: Tool[] = ["ours", ...against];
  const runs = new Map<Tool, Run[]>(tools.map((tool) => [tool, []]));
  for (let round = 0; round < rounds; round++) {
    for (const tool of tools) {
      const run = await runTool(tool, python, annotations, detections, iouType);
      process.stderr.write(`${name}, round ${round + 1}: ${tool} ${run.cpuSeconds.toFixed(2)} s\n`);
      runs.get(tool)!.push(run);
    }
  }
  return runs;
}

/** The whole process by the command line; the part without reading by a script beside, since only that can tell. */
async function runTool(
  tool: Tool,
  python: string,
  annotations: string,
  detections: string,
  iouType: "bbox" | "segm",
): Promise<Run> {
  const node = [process.execPath, "--import", "tsx"];
  if (tool !== "ours") {
    return spawnMeasured(python, [
      python,
      "test/benchmark/cocoPeer.py",
      tool,
      annotations,
      detections,
      iouType,
    ]);
  }
  const files = ["--annotations", annotations, "--detections", detections];
  const whole = await spawnMeasured(python, [
    ...node,
    "loaders/cli.ts",
    "score",
    ...files,
    "--iou-type",
    iouType,
    "--json",
  ]);
  const part = await spawnMeasured(python, [
    ...node,
    "test/benchmark/cocoOurs.ts",
    annotations,
    detections,
    iouType,
  ]);
  return { ...whole, output: part.output };
}

async function spawnMeasured(python: string, command: readonly string[]): Promise<Run> {
  const { stdout } = await promisify(execFile)(python, ["test/benchmark/measure.py", ...command], {
    maxBuffer: 2 ** 26,
  });
  return v.parse(runSchema, JSON.parse(stdout));
}

function described(name: WorkloadName, runs: ReadonlyMap<Tool, readonly Run[]>): string {
  const { images, categories, objects, detections, masks, seed } = workloads[name];
  const head =
    `${images} images, ${categories} categories, ${objects} ${masks ? "masks" : "boxes"}, ` +
    `${detections} detections, seed ${seed}\n`;
  const ours = runs.get("ours")!;
  const rows = [...runs].map(([tool, its]) => {
    const evaluate = (run: Run) => run.output.evaluateSeconds ?? Number.NaN;
    const ratio = (of: (run: Run) => number) =>
      tool === "ours" ? "" : ` (${(median(its.map(of)) / median(ours.map(of))).toFixed(1)} times ours)`;
    const apart = Math.max(
      ...its[0]!.output.stats.map((stat, index) => Math.abs(stat - ours[0]!.output.stats[index]!)),
    );
    const title = its[0]!.output.version === undefined ? tool : `${tool} ${its[0]!.output.version}`;
    return (
      `  ${title.padEnd(24)} whole ${spread(its.map(({ cpuSeconds }) => cpuSeconds))} s${ratio(({ cpuSeconds }) => cpuSeconds)}, ` +
      `evaluate + accumulate ${spread(its.map(evaluate))} s${ratio(evaluate)}, ` +
      `peak ${spread(
        its.map(({ peakMebibytes }) => peakMebibytes),
        0,
      )} MiB` +
      `${tool === "ours" ? "" : `, numbers within ${apart.toExponential(1)} of ours`}\n`
    );
  });
  return `${head}CPU seconds, user and system, median (least to most):\n${rows.join("")}`;
}

function spread(values: readonly number[], digits = 2): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("It takes a whole number, 1 or more.");
  return value;
}
