import type { EvaluationParameters } from "../parameters.js";
import type { DetectionTable, GroundTruthTable } from "../tables.js";
import type { IouType } from "../types.js";
import { CategoryColumns } from "./categoryColumns.js";
import type { CategoryMatches } from "./categoryMatches.js";
import { overlapsOf } from "./ious.js";
import { Matcher } from "./matcher.js";
import { rowsByCategory } from "./rowsByCategory.js";

/**
 * Matches detections with ground truths as pycocotools does, category after category.
 *
 * @param parameters complete and in order, as `evaluationParameters` makes them
 * @throws Error when masks are to be measured and a table has none
 */
export function* matchCategories(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
  iouType: IouType,
  parameters: EvaluationParameters,
): Generator<CategoryMatches, void, undefined> {
  const parts = rowsByCategory(groundTruth, detections, parameters);
  const columns = new CategoryColumns(groundTruth, detections, parts, parameters);
  const matcher = new Matcher(groundTruth, parameters);
  const overlaps = overlapsOf(groundTruth, detections, iouType);
  for (const [category, part] of parts.entries()) {
    columns.lay(part);
    columns.match(part, matcher, overlaps);
    yield columns.view(category, part.id);
  }
}
