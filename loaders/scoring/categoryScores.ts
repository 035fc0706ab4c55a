import type { Evaluation } from "../../src/coco/evaluate.js";
import type { EvaluationParameters } from "../../src/coco/parameters.js";
import { summarise } from "../../src/coco/summarise.js";
import type { CocoCategory } from "../../src/coco/types.js";

/** One category's twelve numbers, as fractions; −1 where it has nothing to be found. */
export interface CategoryScores {
  /** −1 where classes do not count. */
  readonly id: number;
  readonly name: string;
  readonly stats: readonly number[];
}

/** @param categories the ground truth's, which have the names */
export function categoryScores(
  evaluation: Evaluation,
  parameters: EvaluationParameters,
  categories: readonly CocoCategory[],
): CategoryScores[] {
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  return evaluation.categoryIds.map((id, index) => ({
    id,
    name: names.get(id) ?? "all categories",
    stats: summarise(evaluation, parameters, evaluation.categoryIds.length, index),
  }));
}
