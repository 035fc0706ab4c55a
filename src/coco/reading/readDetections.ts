import type { DetectionTable, GroundTruthTable } from "../tables.js";
import type { IouType } from "../types.js";
import { DetectionTableBuilder } from "./detectionTable.js";
import { type ReadOptions, readJsonArray } from "./jsonLists.js";

export interface ReadDetections {
  readonly table: DetectionTable;
  /** Number of rows per category that the ground truth does not have, ascending by id. */
  readonly unknownCategories: ReadonlyMap<number, number>;
}

/**
 * Streams a COCO results file into columns, as `detectionTable` makes them.
 *
 * @param chunks the file's bytes, in pieces of any size
 * @param source what errors call the file
 * @throws Error naming file, row and field, or where the file ends early or is invalid JSON
 */
export async function readDetections(
  chunks: AsyncIterable<Uint8Array>,
  groundTruth: GroundTruthTable,
  source: string,
  iouType: IouType,
  options?: ReadOptions,
): Promise<ReadDetections> {
  const builder = new DetectionTableBuilder(groundTruth, source, iouType);
  await readJsonArray(chunks, source, (rows) => builder.add(rows), options);
  const unknownCategories = new Map([...builder.unknownCategories].sort(([a], [b]) => a - b));
  return { table: builder.build(), unknownCategories };
}
