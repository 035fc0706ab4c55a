import type { EvaluationParameters } from "../parameters.js";
import type { DetectionTable, GroundTruthTable } from "../tables.js";
import type { IouType } from "../types.js";
import { iousOf } from "./boxOrMaskIous.js";
import { CategoryColumns } from "./categoryColumns.js";
import type { CategoryMatches } from "./categoryMatches.js";
import { Matcher } from "./matcher.js";
import { rowsByCategory } from "./rowsByCategory.js";

/**
 * Matches detections with ground truths as pycocotools does, one category at a time.
 *
 * @param parameters complete, as `evaluationParameters` returns them
 * @throws Error if `iouType` is "segm" and a table has no masks
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
  const ious = iousOf(groundTruth, detections, iouType);
  for (const [category, part] of parts.entries()) {
    columns.arrange(part);
    columns.match(part, matcher, ious);
    yield columns.view(category, part.id);
  }
}
