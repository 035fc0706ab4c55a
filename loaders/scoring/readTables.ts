import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { readDetections } from "../../src/coco/reading/readDetections.js";
import { readGroundTruth } from "../../src/coco/reading/readGroundTruth.js";
import type { ValidateOptions } from "../../src/coco/reading/validate.js";
import type { DetectionTable, GroundTruthTable } from "../../src/coco/tables.js";
import type { IouType } from "../../src/coco/types.js";
import { readFailure } from "../files/readFailure.js";
import { log } from "../log.js";
import type { ScoringBar } from "./scoringBar.js";

/**
 * Reads ground truth, and warns of annotations that are skipped or odd.
 *
 * @throws Error naming file, index and field
 */
export async function readGroundTruthFile(
  file: string,
  iouType: IouType,
  bar: ScoringBar,
  { invalid }: ValidateOptions,
): Promise<GroundTruthTable> {
  const onProgress = await barOfFile(file, bar);
  const { table, skipped, odd } = await readGroundTruth(fileChunks(file), file, iouType, {
    invalid,
    onProgress,
  });
  bar.stop();
  if (skipped.count > 0) {
    log.warn(`${file}: skipped annotations: ${skipped.count}, the first: ${skipped.first}.`);
  }
  if (odd.count > 0) {
    log.warn(
      `${file}: ${odd.count} annotations have odd boxes and are evaluated as they are, as by pycocotools; ` +
        `the first: ${odd.first}.`,
    );
  }
  return table;
}

/**
 * Reads detections, and warns of those that do not count.
 *
 * @throws Error naming file, row and field
 */
export async function readDetectionsFile(
  file: string,
  groundTruth: GroundTruthTable,
  iouType: IouType,
  bar: ScoringBar,
): Promise<DetectionTable> {
  const onProgress = await barOfFile(file, bar);
  const chunks = fileChunks(file);
  const { table, unknownCategories } = await readDetections(chunks, groundTruth, file, iouType, {
    onProgress,
  });
  bar.stop();
  if (table.length === 0) {
    log.warn(`${file}: contains no detections.`);
  }
  if (unknownCategories.size > 0) {
    const count = [...unknownCategories.values()].reduce((sum, rows) => sum + rows, 0);
    const ids = [...unknownCategories.keys()].join(", ");
    log.warn(
      `${file}: ignored ${count} of ${table.length} detections, whose categories the annotations do not have: ${ids}.`,
    );
  }
  return table;
}

/** @throws Error naming the file and why it cannot be read */
export async function refuseMissingFile(file: string): Promise<void> {
  await sizeOf(file);
}

async function barOfFile(file: string, bar: ScoringBar): Promise<(bytesRead: number) => void> {
  const size = await sizeOf(file);
  bar.begin(`reading ${file}`);
  return (bytesRead) => bar.update(bytesRead / size);
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new Error(`${file}: ${readFailure(error)}; check the path.`, { cause: error });
  }
}

/** Few enough requests to cost nothing, small enough to be freed soon. */
const chunkBytes = 1 << 18;

/**
 * A file's bytes, in chunks.
 *
 * @throws Error naming the file and why it cannot be read
 */
export async function* fileChunks(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: chunkBytes });
  } catch (error) {
    throw new Error(`${file}: ${readFailure(error)}; check the path.`, { cause: error });
  }
}
