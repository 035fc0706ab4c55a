import { basename, join, resolve } from "node:path";
import { Command } from "commander";
import type { Weights } from "../../src/checkpoints/weights.js";
import type { DetectionDataset } from "../datasets/dataset.js";
import { firstImages } from "../datasets/firstImages.js";
import type { EngineChoice } from "../engine/engineChoice.js";
import { writeFileWhole } from "../files/writeFile.js";
import { log } from "../log.js";
import { commit, dataOf, hardware, sha256 } from "../records/provenance.js";
import type { RunRecord } from "../records/record.js";
import { dataFolder, readRecord, refuseExisting, withRecordLock, writeRecord } from "../records/records.js";
import { printJson, printLines } from "../terminal.js";
import { RunDisplay } from "../training/display/display.js";
import { dataOption, engineOption, parseCount } from "./options.js";
import { summaryOf } from "./summary.js";

interface EvaluateOptions {
  readonly data?: string;
  readonly split: string;
  readonly engine: EngineChoice;
  readonly batch: number;
  readonly limit?: number;
  readonly detections?: string;
  readonly out: string;
  readonly skipInvalid?: boolean;
  readonly json?: boolean;
}

/** `evaluate`: a detector's COCO numbers on a split of a data set, as a run record. */
export function evaluateCommand(): Command {
  return new Command("evaluate")
    .description(
      "Evaluates weights on a split of a data set, or on generated scenes, and writes a run record. If it is interrupted, " +
        "the same command continues where it ended.",
    )
    .argument("<weights>", "a .safetensors file of this project")
    .addOption(dataOption())
    .option("--split <name>", "name of the split: instances_<name>.json and its folder of images", "val")
    .addOption(engineOption())
    .option("--batch <n>", "images that the network computes together", parseCount, 4)
    .option("--limit <n>", "evaluate only the first n images of the split", parseCount)
    .option("--detections <file>", "also write the detections, as a COCO results array")
    .option("--out <dir>", "output folder: the run record is written to runs/ in it", dataFolder)
    .option("--skip-invalid", "skip invalid annotations instead of rejecting the file")
    .option("--json", "print the run record as JSON, alone on standard output")
    .action(evaluate);
}

async function evaluate(file: string, options: EvaluateOptions): Promise<void> {
  // tfjs takes a second to load; other commands and --help should not wait for it.
  const [{ openFolderOrScenes }, { readWeights }] = await Promise.all([
    import("../datasets/openDataset.js"),
    import("../records/weightsFile.js"),
  ]);
  const { weights, bytes } = await readWeights(file);
  const whole = await openFolderOrScenes(options.data, options.split, weights, {
    invalid: options.skipInvalid ? "skip" : "refuse",
  });
  const dataset = firstImages(whole, options.limit ?? whole.images.length);
  const part = dataset === whole ? "" : `-first-${dataset.images.length}`;
  const name = basename(file, ".safetensors");
  const id = `${name}-on-${dataset.name}-${dataset.split}${part}`;
  const runs = join(options.out, "runs");
  await withRecordLock(runs, id, async () => {
    await refuseExisting(join(runs, `${id}.json`));
    const started = new Date();
    const { engine, metrics, detections, done } = await measured(weights, dataset, options, {
      weights: sha256(bytes),
      data: dataset.hash,
      runs: resolve(runs),
      id,
    });
    const trained = await readRecord(join(runs, `${weights.run}.json`)).catch(() => undefined);
    const record: RunRecord = {
      id,
      kind: "evaluate",
      study: trained?.study ?? weights.run,
      title: `${trained?.title ?? weights.model.name}, measured on ${part ? `the first ${dataset.images.length} images of ` : ""}${dataset.name} ${dataset.split}`,
      tier: trained?.tier ?? "small",
      command: `npm run --silent spinenet -- evaluate data/weights/${name}.safetensors --data DIR --split ${dataset.split}${part ? ` --limit ${dataset.images.length}` : ""}`,
      model: weights.model,
      data: dataOf(dataset),
      schedule: {},
      seed: trained?.seed ?? 0,
      imagesSeen: trained?.imagesSeen ?? 0,
      engine: { name: engine.name, versions: engine.versions },
      hardware: hardware(),
      commit: await commit(),
      started: started.toISOString(),
      finished: new Date().toISOString(),
      trainingSeconds: 0,
      curve: [],
      metrics,
      weights: { file: basename(file), sha256: sha256(bytes) },
    };
    if (options.detections) await writeFileWhole(options.detections, `${JSON.stringify(detections)}\n`);
    log.success(`Wrote ${await writeRecord(record, runs)}`);
    await done();
    if (options.json) printJson(record);
    else printLines(summaryOf(record));
  });
}

/**
 * Evaluates on the engine that was asked for, from where an interrupted evaluation ended.
 *
 * @param identity what distinguishes this evaluation from others, besides its engine and batch
 * @returns with `done`, to call once the record is written
 */
async function measured(
  weights: Weights,
  dataset: DetectionDataset,
  { engine: choice, batch }: EvaluateOptions,
  identity: object,
) {
  const [{ startEngine }, { evaluateDetector }, { KeptDetections }] = await Promise.all([
    import("../engine/startEngine.js"),
    import("../evaluation/evaluateDetector.js"),
    import("../evaluation/keptDetections.js"),
  ]);
  const engine = await startEngine(choice);
  const kept = await KeptDetections.open({
    ...identity,
    engine: engine.name,
    versions: engine.versions,
    batch,
  });
  const of = dataset.images.length;
  log.info(
    kept.size > 0
      ? `Continuing an interrupted evaluation: ${kept.size} of ${of} images are done`
      : `Evaluating on ${of} images`,
  );
  const display = new RunDisplay();
  const onImage = (done: number) => display.onEvaluated(done, of);
  const evaluation = await evaluateDetector(weights, dataset, { batch, kept, onImage });
  return { engine, ...evaluation, done: () => kept.discard() };
}
