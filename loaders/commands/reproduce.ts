import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import type { EngineChoice } from "../engine/engineChoice.js";
import { engineHome } from "../engine/engineHome.js";
import { log } from "../log.js";
import type { Agreement } from "../records/agreement.js";
import type { RunRecord } from "../records/record.js";
import { dataFolder, readRecords } from "../records/records.js";
import { printLines } from "../terminal.js";
import { onInterrupt } from "../training/display/interrupt.js";
import type { Study } from "../training/study.js";
import { accuracyOf, agreementOf, type RunPair } from "./compareRuns.js";
import { type InputFlags, inputOf, withInputOptions } from "./inputOptions.js";
import { type JobOutcome, reportJobs, runJobs } from "./jobs.js";
import { dataOption, engineOption, jobsOption } from "./options.js";
import { type TrainFlags, trainArguments } from "./trainFlags.js";

/** The end of a sentence. */
const howToContinue = "run the same command again, which continues";

interface ReproduceOptions extends InputFlags {
  readonly tier: "instant" | "small" | "full";
  readonly only?: string;
  readonly from: string;
  readonly data?: string;
  readonly engine: EngineChoice;
  readonly jobs: number;
  readonly out: string;
}

/** A study to rerun with its record's seed, unless `earlier` has done so. */
interface RunAgain {
  readonly id: string;
  readonly file: string;
  readonly study: Study;
  readonly seed: number;
  readonly record?: RunRecord;
  readonly earlier?: RunRecord;
}

/** `reproduce`: reruns studies and compares them with their records. */
export function reproduceCommand(): Command {
  const command = new Command("reproduce")
    .description(
      "Reruns studies with their records' seeds, and says whether they agree with the records: by how much their seeds " +
        "differ, or, with one seed, by how much the choice of images matters.",
    )
    .addOption(
      new Option("--tier <tier>", "tier of studies to rerun")
        .choices(["instant", "small", "full"])
        .default("small"),
    )
    .option("--only <id>", "only this study or run, by id")
    .option("--from <dir>", "a folder with studies/ and their records in runs/", dataFolder)
    .addOption(dataOption())
    .addOption(engineOption())
    .addOption(jobsOption())
    .option(
      "--out <dir>",
      "output folder; runs already there are compared, not rerun",
      join(engineHome(), "reproduced"),
    )
    .action(reproduce);
  return withInputOptions(command);
}

async function reproduce(options: ReproduceOptions): Promise<void> {
  const { openStudyData } = await import("../training/studyData.js");
  const runs = await runsOf(options);
  const missing = runs.filter(({ earlier }) => !earlier);
  // Opened up front: missing data must not surface after hours of training.
  for (const study of new Set(missing.map((run) => run.study))) await openStudyData(study, options.data);
  const [only] = missing;
  const made = new Map<string, RunRecord>();
  let outcomes: JobOutcome[] = [];
  if (missing.length === 1 && only) made.set(only.id, await runHere(only, options));
  else if (missing.length > 1) {
    outcomes = await runSeveral(missing, options);
    for (const record of await readRecords(join(options.out, "runs"))) made.set(record.id, record);
  }
  const agreements = await compare(
    runs.map((run) => ({ ...run, again: run.earlier ?? made.get(run.id) })),
    options,
  );
  reportJobs(outcomes);
  if (agreements.some(({ agrees }) => !agrees)) throw new Error("Not all records were reproduced.");
}

/** Prints each run beside its record, and of each study whether they agree. */
async function compare(
  runs: readonly (RunAgain & { readonly again?: RunRecord })[],
  options: ReproduceOptions,
): Promise<Agreement[]> {
  const done = runs.flatMap(({ again, ...run }) => (again ? [{ ...run, again }] : []));
  const width = Math.max(...runs.map(({ id }) => id.length));
  const agreements: Agreement[] = [];
  for (const study of new Set(done.map((run) => run.study))) {
    const pairs: RunPair[] = [];
    for (const { id, record, again } of done.filter((run) => run.study === study)) {
      const before = record ? accuracyOf(record).toFixed(4) : "–";
      const engines = record ? `${record.engine.name} then, ${again.engine.name} now` : "no record yet";
      printLines([
        `${id.padEnd(width)}  AP recorded ${before}  again ${accuracyOf(again).toFixed(4)}  ${engines}`,
      ]);
      if (record) pairs.push({ record, again });
    }
    if (pairs.length === 0) continue;
    const openImages = async () => {
      const [{ openStudyData }, { startEngine }] = await Promise.all([
        import("../training/studyData.js"),
        import("../engine/startEngine.js"),
      ]);
      log.info(`${study.id}: running both networks once more on the same images`);
      await startEngine(options.engine);
      return (await openStudyData(study, options.data)).validation;
    };
    const records = runs.flatMap((run) => (run.study === study && run.record ? [run.record] : []));
    const agreement = await agreementOf(records, pairs, { from: options.from, out: options.out, openImages });
    printLines([`${study.id} ${agreement.sentence}`]);
    agreements.push(agreement);
  }
  return agreements;
}

/** The runs to make, or made earlier. */
async function runsOf(options: ReproduceOptions): Promise<RunAgain[]> {
  const { readStudy } = await import("../training/study.js");
  const folder = join(options.from, "studies");
  const listed = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${folder} cannot be read (${error.code}); --from takes a folder with studies/ in it.`);
  });
  const files = listed.filter((file) => file.endsWith(".json")).sort();
  const studies = await Promise.all(
    files.map(async (file) => ({ file: join(folder, file), study: await readStudy(join(folder, file)) })),
  );
  const recorded = (await readRecords(join(options.from, "runs"))).filter(({ kind }) => kind === "train");
  const done = await readRecords(join(options.out, "runs"));
  const chosen = studies.filter(({ study }) =>
    options.only === undefined ? study.tier === options.tier : isOf(study.id, options.only),
  );
  if (chosen.length === 0) {
    const known = studies.map(({ study }) => `${study.id} (${study.tier})`).join(", ");
    throw new Error(`No study matches; the studies are ${known}.`);
  }
  return chosen.flatMap(({ file, study }): RunAgain[] => {
    const records = recorded.filter((record) => record.study === study.id);
    return (records.length > 0 ? records : [undefined]).map((record) => {
      const seed = record?.seed ?? study.seed;
      const id = `${study.id}-seed${seed}`;
      return { id, file, study, seed, record, earlier: done.find((one) => one.id === id) };
    });
  });
}

async function runHere({ id, study, seed }: RunAgain, options: ReproduceOptions): Promise<RunRecord> {
  const [{ startEngine }, { runWithDisplay }] = await Promise.all([
    import("../engine/startEngine.js"),
    import("../training/display/runWithDisplay.js"),
  ]);
  const from = options.from === dataFolder ? "" : ` --from ${options.from}`;
  const { record } = await runWithDisplay({
    study,
    seed,
    startEngine: async () => {
      const engine = await startEngine(options.engine);
      log.info(`${id}: ${study.images} images on ${engine.name}`);
      return engine;
    },
    command: `npm run --silent spinenet -- reproduce --only ${study.id}${from}`,
    data: options.data,
    onState: "resume",
    howToContinue,
    out: options.out,
    storedType: "F16",
    input: await inputOf(options),
  });
  return record;
}

/** Each in its own process, so one that fails does not affect the others. */
async function runSeveral(runs: readonly RunAgain[], options: ReproduceOptions): Promise<JobOutcome[]> {
  const { jobWorkers } = await import("../training/input/pipeline.js");
  const flags: TrainFlags = {
    ...options,
    workers: options.workers ?? jobWorkers(Math.min(options.jobs, runs.length)),
    dtype: "float16",
    resume: true,
  };
  const list = runs.map(({ id, file, seed }) => ({ name: id, args: trainArguments(file, seed, flags) }));
  const ignore = onInterrupt(() => `Interrupted; ${howToContinue}.`);
  return runJobs(list, options.jobs).finally(ignore);
}

function isOf(study: string, id: string): boolean {
  return id === study || id.startsWith(`${study}-seed`);
}
