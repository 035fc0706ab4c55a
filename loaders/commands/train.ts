import { basename, isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import type { EngineChoice } from "../engine/engineName.js";
import { log } from "../log.js";
import { dataFolder } from "../records/records.js";
import { MeasuringDisplay, TrainingDisplay } from "../training/display.js";
import { addInputOptions, type InputFlags, inputOf } from "./inputOptions.js";
import { dataOption, engineOption, parsePositive, parseWhole } from "./options.js";
import { summaryOf } from "./summary.js";

interface TrainOptions extends InputFlags {
  readonly data?: string;
  readonly engine: EngineChoice;
  readonly threads?: number;
  readonly seed?: number;
  readonly rate?: number;
  readonly resume?: boolean;
  readonly restart?: boolean;
  readonly out: string;
  readonly dtype: "float16" | "float32";
  readonly skipInvalid?: boolean;
  readonly json?: boolean;
}

/** `train`: a study from its configuration to weights and a run record. */
export function trainCommand(): Command {
  return addInputOptions(new Command("train"))
    .description("Trains a study, measures it on its validation split, and writes weights and a run record.")
    .argument("<study>", "a study JSON, such as data/studies/scenes-instant-spinenet-49.json")
    .addOption(dataOption())
    .addOption(engineOption())
    .option("--threads <n>", "threads within one operation, on the native engine", parseWhole)
    .option("--seed <n>", "instead of the study's own", parseWhole)
    .option(
      "--rate <r>",
      "base learning rate, instead of the study's; with --resume from there on",
      parsePositive,
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
    .option("--json", "print the run record as JSON, alone on standard output")
    .addHelpText(
      "after",
      "\nA run saves its state every hundred steps (the study's saveEvery); one that was killed goes on with --resume, " +
        "to the same weights.\n" +
        "A run whose loss or gradient is no finite number any more, or whose loss explodes (the median of the last 5 " +
        "over 100 times the median before), stops; its last good state stays, and --resume --rate goes on from it.",
    )
    .action(train);
}

async function train(file: string, options: TrainOptions): Promise<void> {
  // tfjs takes a second to load, which other commands and --help need not wait for.
  const [{ startEngine }, { runStudy }, { readStudy }] = await Promise.all([
    import("../engine/engine.js"),
    import("../training/runStudy.js"),
    import("../training/study.js"),
  ]);
  const read = await readStudy(file);
  const { rate = read.schedule.rate } = options;
  const study = { ...read, schedule: { ...read.schedule, rate } };
  const display = new TrainingDisplay();
  const measuring = new MeasuringDisplay();
  const finished = runStudy({
    study,
    command: commandOf(file, study.data.kind, options),
    data: options.data,
    dataOptions: { invalid: options.skipInvalid ? "skip" : "refuse" },
    seed: options.seed,
    startEngine: async () => {
      const engine = await startEngine(options.engine, { threads: options.threads });
      log.info(`${study.title}: ${study.images} images on ${engine.name}`);
      return engine;
    },
    onState: options.resume ? "resume" : options.restart ? "restart" : "refuse",
    out: options.out,
    storedType: options.dtype === "float16" ? "F16" : "F32",
    input: await inputOf(options),
    onProgress: (progress) => display.training(progress),
    onEvaluated: (done, of) => measuring.measured(done, of),
  });
  const { record, recordFile } = await finished.finally(() => display.stop());
  log.success(`Wrote ${recordFile} and its weights`);
  process.stdout.write(options.json ? `${JSON.stringify(record)}\n` : `${summaryOf(record).join("\n")}\n`);
}

/** As a reader would type it: no path of this machine. */
function commandOf(file: string, kind: string, { seed, rate, dtype }: TrainOptions): string {
  const inside = relative(fileURLToPath(new URL("../..", import.meta.url)), file);
  const study = inside.startsWith("..") || isAbsolute(inside) ? basename(file) : inside;
  return [
    `npm run --silent spinenet -- train ${study.replaceAll("\\", "/")}`,
    ...(kind === "coco" ? ["--data DIR"] : []),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...(rate === undefined ? [] : [`--rate ${rate}`]),
    ...(dtype === "float32" ? ["--dtype float32"] : []),
  ].join(" ");
}
