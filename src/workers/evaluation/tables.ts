import type { BuiltGroundTruth } from "../../coco/reading/groundTruthTable.js";
import { type ReadDetections, readDetections } from "../../coco/reading/readDetections.js";
import { readGroundTruth } from "../../coco/reading/readGroundTruth.js";
import type { IouType } from "../../coco/types.js";
import { blobChunks } from "./blobChunks.js";
import type { EvaluationStage, FileOfPage } from "./messages.js";

export type OnProgress = (stage: EvaluationStage, fraction: number) => void;

/** As many results as can be compared stay read. */
const mostResults = 2;

/** The files of a page as columns, each read once: what is asked next is mostly about the same files. */
export class EvaluationTables {
  private held: { readonly key: number; readonly iouType: IouType; readonly built: BuiltGroundTruth } | null =
    null;
  /** Oldest first. */
  private readonly results = new Map<number, ReadDetections>();

  /** @throws Error naming file, index and field */
  async groundTruth(
    { key, name, file }: FileOfPage,
    iouType: IouType,
    progress: OnProgress,
  ): Promise<BuiltGroundTruth> {
    const kept = this.held;
    if (kept?.key === key && kept.iouType === iouType) return kept.built;
    // Columns of detections point into those of their ground truth.
    this.held = null;
    this.results.clear();
    const built = await readGroundTruth(blobChunks(file, name), name, iouType, {
      invalid: "skip",
      onProgress: (bytes) => progress("annotations", partOf(bytes, file)),
    });
    this.held = { key, iouType, built };
    return built;
  }

  /** @throws Error naming file, row and field */
  async detections(
    { key, name, file }: FileOfPage,
    { table }: BuiltGroundTruth,
    iouType: IouType,
    progress: OnProgress,
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
