import type { IouType } from "../types.js";
import { type BuiltGroundTruth, GroundTruthTableBuilder } from "./groundTruthTable.js";
import { type ReadOptions, readJsonLists } from "./jsonLists.js";
import type { ValidateOptions } from "./validate.js";

/**
 * Streams an `instances_*.json` into columns, as `groundTruthTable` makes them.
 *
 * @param chunks the file's bytes, in pieces of any size
 * @param source what errors call the file
 * @throws Error naming file, index and field, or where the file ends early or is invalid JSON
 */
export async function readGroundTruth(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  iouType: IouType,
  options: ReadOptions & ValidateOptions = {},
): Promise<BuiltGroundTruth> {
  const builder = new GroundTruthTableBuilder(source, iouType, options);
  const lists = new Map([
    ["images", builder.addImages.bind(builder)],
    ["annotations", builder.addAnnotations.bind(builder)],
    ["categories", builder.addCategories.bind(builder)],
  ]);
  await readJsonLists(chunks, source, lists, options);
  return builder.build();
}
