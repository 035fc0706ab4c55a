import { basename, join } from "node:path";
import { Command } from "commander";
import type { EngineChoice } from "../engine/engineChoice.js";
import { writeFileWhole } from "../files/writeFile.js";
import { log } from "../log.js";
import { commit, dataOf, hardware, sha256 } from "../records/provenance.js";
import type { RunRecord } from "../records/record.js";
import { dataFolder, readRecord, refuseExisting, withRecordLock, writeRecord } from "../records/records.js";
import { printJson, printLines } from "../terminal.js";
import { RunDisplay } from "../training/display/display.js";
import { dataOption, engineOption } from "./options.js";
import { summaryOf } from "./summary.js";

interface EvaluateOptions {
  readonly data?: string;
  readonly split: string;
  readonly engine: EngineChoice;
  readonly detections?: string;
  readonly out: string;
  readonly skipInvalid?: boolean;
  readonly json?: boolean;
}

/** `evaluate`: a detector's COCO numbers on a split of a data set, as a run record. */
export function evaluateCommand(): Command {
  return new Command("evaluate")
    .description(
      "Evaluates weights on a split of a data set, or on generated scenes, and writes a run record.",
    )
    .argument("<weights>", "a .safetensors file of this project")
    .addOption(dataOption())
    .option("--split <name>", "name of the split: instances_<name>.json and its folder of images", "val")
    .addOption(engineOption())
    .option("--detections <file>", "also write the detections, as a COCO results array")
    .option("--out <dir>", "output folder: the run record is written to runs/ in it", dataFolder)
    .option("--skip-invalid", "skip invalid annotations instead of rejecting the file")
    .option("--json", "print the run record as JSON, alone on standard output")
    .action(evaluate);
}

async function evaluate(file: string, options: EvaluateOptions): Promise<void> {
  // tfjs takes a second to load; other commands and --help should not wait for it.
  const [{ startEngine }, { evaluateDetector }, { openFolderOrScenes }, { readWeights }] = await Promise.all([
    import("../engine/startEngine.js"),
    import("../training/evaluateDetector.js"),
    import("../datasets/openDataset.js"),
    import("../records/weightsFile.js"),
  ]);
  const { weights, bytes } = await readWeights(file);
  const dataset = await openFolderOrScenes(options.data, options.split, weights, {
    invalid: options.skipInvalid ? "skip" : "refuse",
  });
  const name = basename(file, ".safetensors");
  const id = `${name}-on-${dataset.name}-${dataset.split}`;
  const runs = join(options.out, "runs");
  await withRecordLock(runs, id, async () => {
    await refuseExisting(join(runs, `${id}.json`));
    const engine = await startEngine(options.engine);
    const started = new Date();
    const display = new RunDisplay();
    const { metrics, detections } = await evaluateDetector(weights, dataset, (done) =>
      display.onEvaluated(done, dataset.images.length),
    );
    const trained = await readRecord(join(runs, `${weights.run}.json`)).catch(() => undefined);
    const record: RunRecord = {
      id,
      kind: "evaluate",
      study: trained?.study ?? weights.run,
      title: `${trained?.title ?? weights.model.name}, measured on ${dataset.name} ${dataset.split}`,
      tier: trained?.tier ?? "small",
      command: `npm run --silent spinenet -- evaluate data/weights/${name}.safetensors --data DIR --split ${dataset.split}`,
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
    if (options.json) printJson(record);
    else printLines(summaryOf(record));
  });
}
