import { join } from "node:path";
import { bootstrapPair, type Interval } from "../../src/coco/bootstrap/confidenceIntervals.js";
import { detectionTable } from "../../src/coco/reading/detectionTable.js";
import { groundTruthTable } from "../../src/coco/reading/groundTruthTable.js";
import type { CocoDetection } from "../../src/coco/types.js";
import type { DetectionDataset } from "../datasets/dataset.js";
import { errorCode } from "../files/errorCode.js";
import {
  type Agreement,
  agreementByImages,
  agreementByIntervals,
  agreementBySeeds,
} from "../records/agreement.js";
import { sha256 } from "../records/provenance.js";
import type { RunRecord } from "../records/record.js";

/** A run that was made again, next to its record. */
export interface RunPair {
  readonly record: RunRecord;
  readonly again: RunRecord;
}

export interface CompareOptions {
  /** The folders with the records' weights and with the reruns'. */
  readonly from: string;
  readonly out: string;
  /** Opens the images that the study is measured on, and starts an engine. */
  readonly openImages: () => Promise<DetectionDataset>;
}

/**
 * Whether a study's reruns agree with its records: by the spread of its seeds where there are three runs or more, else by
 * the images, on which both networks are run once more, and where their weights are not at hand, by the intervals in the
 * records.
 *
 * @param records all of the study, measured on the same images
 * @param pairs those that were made again, at least one
 * @throws Error naming a file of weights that is damaged
 */
export async function agreementOf(
  records: readonly RunRecord[],
  pairs: readonly RunPair[],
  options: CompareOptions,
): Promise<Agreement> {
  const other = pairs.find(({ record, again }) => record.data.hash !== again.data.hash);
  if (other) {
    const { record, again } = other;
    return {
      agrees: false,
      sentence:
        `differs: ${again.id} was measured on other images than its record, ${again.data.name} ${again.data.split} of ` +
        `${again.data.images} images and ${record.data.name} ${record.data.split} of ${record.data.images}, so they cannot ` +
        "be compared. Use the data set that the record was made from.",
    };
  }
  if (pairs.every(({ record, again }) => record.weights.sha256 === again.weights.sha256)) {
    return { agrees: true, sentence: "agrees: the weights are identical." };
  }
  if (records.length + pairs.length > 2) {
    return agreementBySeeds(
      records.map(accuracyOf),
      pairs.map(({ again }) => accuracyOf(again)),
    );
  }
  const [pair] = pairs;
  return agreementOfOne(pair!, options);
}

/** What a run is judged by: AP, or top-1 accuracy of a classifier. */
export function accuracyOf({ metrics }: RunRecord): number {
  return "stats" in metrics ? metrics.stats[0]! : metrics.top1;
}

async function agreementOfOne({ record, again }: RunPair, options: CompareOptions): Promise<Agreement> {
  const files = [
    [record, join(options.from, "weights", record.weights.file)],
    [again, join(options.out, "weights", again.weights.file)],
  ] as const;
  const difference = await differenceOnImages(files, options);
  if (difference !== undefined) {
    return agreementByImages(difference, accuracyOf(record), record.data.images);
  }
  const [before, after] = [intervalIn(record), intervalIn(again)];
  if (before && after) return agreementByIntervals(before, after);
  return {
    agrees: false,
    sentence:
      "cannot be told: the record has no interval and its weights are not at hand, so nothing says how large a difference " +
      "may be. Put the weights beside the records, or record more seeds.",
  };
}

/** Rerun minus record, on the same images; undefined where the weights of one are not there, or are others. */
async function differenceOnImages(
  files: readonly (readonly [record: RunRecord, file: string])[],
  { openImages }: CompareOptions,
): Promise<Interval | undefined> {
  const [{ readWeights }, { detectIn }] = await Promise.all([
    import("../records/weightsFile.js"),
    import("../evaluation/detectIn.js"),
  ]);
  const weights = [];
  for (const [{ weights: recorded }, file] of files) {
    const read = await readWeights(file).catch((error: unknown) => {
      if (error instanceof Error && errorCode(error.cause) === "ENOENT") return undefined;
      throw error;
    });
    if (read === undefined || sha256(read.bytes) !== recorded.sha256) return undefined;
    weights.push(read.weights);
  }
  const dataset = await openImages();
  const found: CocoDetection[][] = [];
  for (const one of weights) found.push(await detectIn(one, dataset));
  const truth = groundTruthTable(dataset.coco, dataset.name, "bbox");
  const [before, after] = found.map((rows) => detectionTable(rows, truth, "the detections", "bbox"));
  return bootstrapPair(truth, [after!, before!], "bbox").difference.ap;
}

function intervalIn(record: RunRecord): Interval | undefined {
  const { metrics } = record;
  const bounds = "stats" in metrics ? metrics.intervals?.ap : undefined;
  return bounds ? { value: accuracyOf(record), ...bounds } : undefined;
}
