import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { evaluate } from "../../src/coco/evaluate.js";
import { COCO_PARAMETERS } from "../../src/coco/parameters.js";
import { parseDataset, parseDetections } from "../../src/coco/parse.js";
import { detectionsIndex, SUMMARY_LINES } from "../../src/coco/summarise.js";
import type { CocoCategory } from "../../src/coco/types.js";
import { validateDataset, validateDetections } from "../../src/coco/validate.js";
import { parseJson } from "../datasets/json.js";
import { log } from "../log.js";
import { readFailure } from "../readFailure.js";

interface ScoreOptions {
  readonly annotations: string;
  readonly detections: string;
  readonly skipInvalid?: boolean;
  readonly json?: boolean;
}

/** `score`: the twelve COCO numbers of any detector's results. */
export function scoreCommand(): Command {
  return new Command("score")
    .description(
      "Measures detections against annotations as pycocotools does: the twelve COCO numbers, and AP by category.",
    )
    .requiredOption("--annotations <file>", "COCO annotations, instances_<split>.json")
    .requiredOption("--detections <file>", "COCO results: an array of {image_id, category_id, bbox, score}")
    .option("--skip-invalid", "leave out annotations that make no sense instead of refusing the file")
    .option("--json", "print {stats, categoryIds, perCategoryAP} as JSON, alone on standard output")
    .action(score);
}

async function score({ annotations, detections, skipInvalid, json }: ScoreOptions): Promise<void> {
  const { dataset, skipped } = validateDataset(
    parseDataset(await readJson(annotations), annotations),
    annotations,
    { invalid: skipInvalid ? "skip" : "refuse" },
  );
  const first = skipped[0];
  if (first !== undefined) {
    const what = `annotations[${first.index}].${first.reason}`;
    log.warn(`${annotations}: left out ${skipped.length} of its annotations, the first for ${what}.`);
  }
  const results = parseDetections(await readJson(detections), detections);
  if (results.length === 0) {
    log.warn(`${detections}: there are no detections at all, so nothing is found.`);
  }
  const unknown = validateDetections(results, dataset, detections);
  if (unknown.length > 0) {
    log.warn(
      `${detections}: detections of categories the annotations do not have count for nothing: ${unknown.join(", ")}.`,
    );
  }

  const { stats, categoryIds, perCategoryAP } = evaluate(dataset, results, "bbox");
  process.stdout.write(
    json
      ? `${JSON.stringify({ stats, categoryIds, perCategoryAP })}\n`
      : `${[...summaryOf(stats), "", ...tableOf(dataset.categories, categoryIds, perCategoryAP)].join("\n")}\n`,
  );
}

function summaryOf(stats: readonly number[]): string[] {
  const { iouThresholds, maxDets } = COCO_PARAMETERS;
  return SUMMARY_LINES.map((line, index) => {
    const title = line.measure === "precision" ? "Average Precision  (AP)" : "Average Recall     (AR)";
    const iou = line.iou?.toFixed(2) ?? `${iouThresholds[0]!.toFixed(2)}:${iouThresholds.at(-1)!.toFixed(2)}`;
    const most = String(maxDets[detectionsIndex(line, maxDets)]).padStart(3);
    const slice = `IoU=${iou.padEnd(9)} | area=${line.area.padStart(6)} | maxDets=${most}`;
    return ` ${title} @[ ${slice} ] = ${stats[index]!.toFixed(3)}`;
  });
}

function tableOf(
  categories: readonly CocoCategory[],
  categoryIds: readonly number[],
  perCategoryAP: readonly number[],
): string[] {
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  return categoryIds.map((id, index) => {
    const ap = perCategoryAP[index]!;
    return ` ${(names.get(id) ?? String(id)).padEnd(24)} ${ap < 0 ? "no objects" : ap.toFixed(3)}`;
  });
}

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new Error(`${file}: ${readFailure(error)}; check the path.`, { cause: error });
  }
  return parseJson(text, file);
}
