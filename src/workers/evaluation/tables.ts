import type { BuiltGroundTruth } from "../../coco/reading/groundTruthTable.js";
import { type ReadDetections, readDetections } from "../../coco/reading/readDetections.js";
import { readGroundTruth } from "../../coco/reading/readGroundTruth.js";
import type { IouType } from "../../coco/types.js";
import type { EvaluationFile, EvaluationProgress } from "../../messages/evaluation.js";
import { blobChunks } from "./blobChunks.js";

/** As many results as can be compared are kept. */
const mostResults = 2;

/** The files of a page as columns, each read once, since the next question is mostly about the same files. */
export class EvaluationTables {
  private kept: { readonly key: number; readonly iouType: IouType; readonly built: BuiltGroundTruth } | null =
    null;
  /** Oldest first. */
  private readonly results = new Map<number, ReadDetections>();

  /** @throws Error naming file, index and field */
  async groundTruth(
    { key, name, file }: EvaluationFile,
    iouType: IouType,
    progress: EvaluationProgress,
  ): Promise<BuiltGroundTruth> {
    const kept = this.kept;
    if (kept?.key === key && kept.iouType === iouType) return kept.built;
    // Columns of detections refer to those of their ground truth.
    this.kept = null;
    this.results.clear();
    const built = await readGroundTruth(blobChunks(file, name), name, iouType, {
      invalid: "skip",
      onProgress: (bytes) => progress("annotations", partOf(bytes, file)),
    });
    this.kept = { key, iouType, built };
    return built;
  }

  /** @throws Error naming file, row and field */
  async detections(
    { key, name, file }: EvaluationFile,
    { table }: BuiltGroundTruth,
    iouType: IouType,
    progress: EvaluationProgress,
  ): Promise<ReadDetections> {
    const kept = this.results.get(key);
    if (kept !== undefined) return kept;
    const [oldest] = this.results.keys();
    if (this.results.size === mostResults && oldest !== undefined) this.results.delete(oldest);
    const read = await readDetections(blobChunks(file, name), table, name, iouType, {
      onProgress: (bytes) => progress("detections", partOf(bytes, file)),
    });
    this.results.set(key, read);
    return read;
  }
}

function partOf(bytes: number, file: Blob): number {
  return file.size === 0 ? 1 : Math.min(bytes / file.size, 1);
}
