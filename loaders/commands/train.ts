import { existsSync } from "node:fs";
import { basename, isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import { precisions } from "../engine/steps/precision.js";
import { log } from "../log.js";
import { dataFolder } from "../records/records.js";
import { printJson, printLines } from "../terminal.js";
import { onInterrupt } from "../training/display/interrupt.js";
import { endWithParent, isJob } from "../training/display/jobMessages.js";
import { commandLineOf } from "./commandLineOf.js";
import { inputOf, withInputOptions } from "./inputOptions.js";
import { type Job, reportJobs, runJobs } from "./jobs.js";
import { dataOption, engineOption, jobsOption, parseFrom, parsePositive, parseSeeds } from "./options.js";
import { summaryOf } from "./summary.js";
import { type TrainFlags, trainArguments } from "./trainFlags.js";

interface TrainOptions extends TrainFlags {
  readonly seed?: readonly number[];
  readonly jobs: number;
}

/** `train`: trains studies and writes weights and run records. */
export function trainCommand(): Command {
  const command = new Command("train")
    .description("Trains a study, evaluates it on its validation split, and writes weights and a run record.")
    .argument("<studies...>", "study files, such as data/studies/scenes-instant-spinenet-49.json")
    .addOption(dataOption())
    .addOption(engineOption())
    .option(
      "--threads <n>",
      "threads of the native engine, both within and across operations",
      parseFrom(0, 1024),
    )
    .option("--seed <n>", "overrides the study's seed; a comma-separated list makes one run each", parseSeeds)
    .addOption(jobsOption())
    .option("--rate <r>", "overrides the study's base learning rate", parsePositive)
    .addOption(
      new Option(
        "--new-rate <r>",
        "with --resume: the base learning rate from there on; the record lists both",
      )
        .argParser(parsePositive)
        .conflicts("restart"),
    )
    .addOption(
      new Option(
        "--precision <type>",
        "overrides the study's precision of training steps; weights and evaluation are always float32",
      ).choices(precisions),
    )
    .addOption(new Option("--resume", "continue an interrupted run").conflicts("restart"))
    .option("--restart", "discard an interrupted run and start over")
    .option("--out <dir>", "output folder for runs/ and weights/", dataFolder)
    .addOption(
      new Option("--dtype <type>", "number format of the stored weights")
        .choices(["float16", "float32"])
        .default("float16"),
    )
    .option(
      "--allow-changes",
      "write into the project's own data folder although the code differs from its commit",
    )
    .option("--skip-invalid", "skip invalid annotations instead of rejecting the file")
    .option("--json", "print the run record, or an array of several, as JSON, alone on standard output")
    .addHelpText(
      "after",
      "\nA run saves its state every 100 steps (the study's saveEvery). --resume continues an interrupted run, with the " +
        "same final weights. It needs the same study, data, --seed, --rate, --precision, engine and --out.\n" +
        "A run stops if its loss or gradient is no longer finite, or if its loss explodes (the median of the last 5 is " +
        "over 100 times the earlier median). Its last good state is kept, and --resume --new-rate continues from it.\n" +
        "A study's accumulate adds up the gradients of several batches for each step, as if they were one large batch, " +
        "except that batch norm sees each batch separately.\n" +
        "Images that a run sees more than once are decoded once for all runs and stored with 3 bytes per pixel.",
    )
    .action(train);
  return withInputOptions(command);
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
      throw new Error(`The run ${name} is requested twice; each run needs a different study or seed.`);
    }
    if (flags.resume && existsSync(join(flags.out, "runs", `${name}.json`))) {
      log.info(`${name}: already finished`);
      continue;
    }
    const workers = flags.workers ?? jobWorkers(Math.min(jobs, runs.length));
    list.push({ name, args: trainArguments(file, seed, { ...flags, workers }) });
  }
  const ignore = onInterrupt(() => `Interrupted; ${howToContinue()}.`);
  const outcomes = await runJobs(list, jobs).finally(ignore);
  const outputs = outcomes.map(({ output }) => output.trimEnd()).filter((output) => output !== "");
  printLines([flags.json ? `[${outputs.join(",\n")}]` : outputs.join("\n\n")]);
  reportJobs(outcomes);
}

async function trainHere(file: string, seed: number | undefined, flags: TrainFlags): Promise<void> {
  if (isJob()) endWithParent();
  // tfjs takes a second to load; other commands and --help should not wait for it.
  const [{ startEngine }, { runWithDisplay }, { readStudy }] = await Promise.all([
    import("../engine/startEngine.js"),
    import("../training/display/runWithDisplay.js"),
    import("../training/study.js"),
  ]);
  const read = await readStudy(file);
  const { rate = read.schedule.rate, precision = read.precision } = flags;
  const study = { ...read, precision, schedule: { ...read.schedule, rate } };
  const { record, recordFile } = await runWithDisplay({
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
    newRate: flags.newRate,
    howToContinue: howToContinue(),
    out: flags.out,
    allowChanges: flags.allowChanges,
    storedType: flags.dtype === "float16" ? "F16" : "F32",
    input: await inputOf(flags),
  });
  log.success(`Wrote ${recordFile} and its weights`);
  if (flags.json) printJson(record);
  else printLines(summaryOf(record));
}

/** The end of a sentence: the command that continues what this process was started to do. */
function howToContinue(): string {
  const [, , ...args] = process.argv;
  const kept = args.filter((argument) => argument !== "--restart" && argument !== "--resume");
  return `continue with: ${commandLineOf([...kept, "--resume"])}`;
}

/** As a reader would type it, without paths of this machine. */
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
