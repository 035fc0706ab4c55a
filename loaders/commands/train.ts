import { basename, isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import { precisions } from "../engine/steps/precision.js";
import { log } from "../log.js";
import { dataFolder } from "../records/records.js";
import { MeasuringDisplay, TrainingDisplay } from "../training/progress/display.js";
import { endWithParent, isJob } from "../training/progress/jobMessages.js";
import { imageCacheLimitOption, imageCacheOption, inputOf, workersOption } from "./inputOptions.js";
import { type Job, reportJobs, runJobs } from "./jobs.js";
import { dataOption, engineOption, jobsOption, parsePositive, parseSeeds, parseWhole } from "./options.js";
import { summaryOf } from "./summary.js";
import { type TrainFlags, trainArguments } from "./trainFlags.js";

interface TrainOptions extends TrainFlags {
  readonly seed?: readonly number[];
  readonly jobs: number;
}

/** `train`: studies from their configuration to weights and run records. */
export function trainCommand(): Command {
  return new Command("train")
    .description("Trains a study, measures it on its validation split, and writes weights and a run record.")
    .argument("<studies...>", "study JSONs, such as data/studies/scenes-instant-spinenet-49.json")
    .addOption(dataOption())
    .addOption(engineOption())
    .option(
      "--threads <n>",
      "threads within one operation, and operations side by side, on the native engine",
      parseWhole,
    )
    .option("--seed <n>", "instead of the study's own; several, with commas, make a run each", parseSeeds)
    .addOption(jobsOption())
    .addOption(workersOption())
    .addOption(imageCacheOption())
    .addOption(imageCacheLimitOption())
    .option(
      "--rate <r>",
      "base learning rate, instead of the study's; with --resume from there on",
      parsePositive,
    )
    .addOption(
      new Option(
        "--precision <type>",
        "of the steps' arithmetic, instead of the study's; weights and all that is measured are float32",
      ).choices(precisions),
    )
    .addOption(new Option("--resume", "go on where a run was cut off").conflicts("restart"))
    .option("--restart", "begin anew over a run that was cut off")
    .option("--out <dir>", "where runs/ and weights/ are written", dataFolder)
    .addOption(
      new Option("--dtype <type>", "how the weights are stored")
        .choices(["float16", "float32"])
        .default("float16"),
    )
    .option("--skip-invalid", "leave out annotations that make no sense instead of refusing the file")
    .option("--json", "print the run record, or an array of several, as JSON, alone on standard output")
    .addHelpText(
      "after",
      "\nA run saves its state every hundred steps (the study's saveEvery); one that was killed goes on with --resume, " +
        "to the same weights.\n" +
        "A run whose loss or gradient is no finite number any more, or whose loss explodes (the median of the last 5 " +
        "over 100 times the median before), stops; its last good state stays, and --resume --rate goes on from it.\n" +
        "A study's accumulate makes a step of so many batches: their gradients add up to that of one large batch, while " +
        "batch norm sees each batch by itself.\n" +
        "Images that a run sees more than once are decoded once for all runs, three bytes a pixel on the disk.",
    )
    .action(train);
}

async function train(files: readonly string[], { seed: seeds, jobs, ...flags }: TrainOptions): Promise<void> {
  const runs = files.flatMap((file) => (seeds ?? [undefined]).map((seed) => ({ file, seed })));
  const [only] = runs;
  if (runs.length === 1 && only) await trainHere(only.file, only.seed, flags);
  else await trainSeveral(runs, jobs, flags);
}

async function trainSeveral(
  runs: readonly { readonly file: string; readonly seed: number | undefined }[],
  jobs: number,
  flags: TrainFlags,
): Promise<void> {
  const { readStudy } = await import("../training/study.js");
  const { jobWorkers } = await import("../training/input/pipeline.js");
  const list: Job[] = [];
  for (const { file, seed } of runs) {
    const study = await readStudy(file);
    const name = `${study.id}-seed${seed ?? study.seed}`;
    if (list.some((job) => job.name === name)) {
      throw new Error(`The run ${name} is asked for twice; each needs a study or a seed of its own.`);
    }
    const workers = flags.workers ?? jobWorkers(Math.min(jobs, runs.length));
    list.push({ name, args: trainArguments(file, seed, { ...flags, workers }) });
  }
  const outcomes = await runJobs(list, jobs);
  const outputs = outcomes.map(({ output }) => output.trimEnd()).filter((output) => output !== "");
  process.stdout.write(flags.json ? `[${outputs.join(",\n")}]\n` : `${outputs.join("\n\n")}\n`);
  reportJobs(outcomes);
}

async function trainHere(file: string, seed: number | undefined, flags: TrainFlags): Promise<void> {
  if (isJob()) endWithParent();
  // tfjs takes a second to load, which other commands and --help need not wait for.
  const [{ startEngine }, { runStudy }, { readStudy }] = await Promise.all([
    import("../engine/startEngine.js"),
    import("../training/runStudy.js"),
    import("../training/study.js"),
  ]);
  const read = await readStudy(file);
  const { rate = read.schedule.rate, precision = read.precision } = flags;
  const study = { ...read, precision, schedule: { ...read.schedule, rate } };
  const display = new TrainingDisplay();
  const measuring = new MeasuringDisplay();
  const finished = runStudy({
    study,
    command: commandOf(file, study.data.kind, seed, flags),
    data: flags.data,
    dataOptions: { invalid: flags.skipInvalid ? "skip" : "refuse" },
    seed,
    startEngine: async () => {
      const engine = await startEngine(flags.engine, { threads: flags.threads });
      log.info(`${study.title}: ${study.images} images on ${engine.name}`);
      return engine;
    },
    onState: flags.resume ? "resume" : flags.restart ? "restart" : "refuse",
    out: flags.out,
    storedType: flags.dtype === "float16" ? "F16" : "F32",
    input: await inputOf(flags),
    onProgress: (progress) => display.training(progress),
    onEvaluated: (done, of) => measuring.measured(done, of),
  });
  const { record, recordFile } = await finished.finally(() => display.stop());
  log.success(`Wrote ${recordFile} and its weights`);
  process.stdout.write(flags.json ? `${JSON.stringify(record)}\n` : `${summaryOf(record).join("\n")}\n`);
}

/** As a reader would type it: no path of this machine. */
function commandOf(
  file: string,
  kind: string,
  seed: number | undefined,
  { rate, precision, dtype }: TrainFlags,
): string {
  const inside = relative(fileURLToPath(new URL("../..", import.meta.url)), file);
  const study = inside.startsWith("..") || isAbsolute(inside) ? basename(file) : inside;
  return [
    `npm run --silent spinenet -- train ${study.replaceAll("\\", "/")}`,
    ...(kind === "scenes" ? [] : ["--data DIR"]),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...(rate === undefined ? [] : [`--rate ${rate}`]),
    ...(precision === undefined ? [] : [`--precision ${precision}`]),
    ...(dtype === "float32" ? ["--dtype float32"] : []),
  ].join(" ");
}
