import { create } from "d3";
import { type ErrorType, errorTypeNames } from "../../../coco/errors/errorTypes.js";
import type { CostlyDetection } from "../../../messages/evaluation.js";
import type { ResultsColumn } from "../../../pageData/resultsTable.js";
import { shownText } from "../../../text/shownText.js";
import { resultsTable } from "../../results/table.js";
import { type ComparedResults, errorSum } from "./comparedResults.js";

const meanings: Readonly<Record<ErrorType, string>> = {
  classification: "a box that fits an object of another class",
  localisation: "a box that fits an object of its class too loosely",
  both: "a box too loose, on an object of another class",
  duplicate: "a box on an object that a better one has found",
  background: "a box on nothing",
  missed: "an object that no box found, nor would with its class or place corrected",
};

/** What each kind of error costs, and what it is, as a table. */
export function errorTable(explained: readonly ComparedResults[]): HTMLElement {
  const named = (what: string, letter: string) => (explained.length > 1 ? `${what}, ${letter}` : what);
  const rows = errorTypeNames.map((name) => ({
    name,
    ...Object.fromEntries(
      explained.flatMap((results) => [
        [`${results.letter} cost`, errorSum(results, name)?.cost ?? null],
        [`${results.letter} count`, errorSum(results, name)?.count ?? null],
      ]),
    ),
    meaning: meanings[name],
  }));
  const columns: ResultsColumn[] = [
    { key: "name", label: "Kind", origin: "text" },
    ...explained.flatMap(({ letter }): ResultsColumn[] => [
      { key: `${letter} cost`, label: named("Cost in AP", letter), origin: "setting", decimals: [3, 3] },
      { key: `${letter} count`, label: named("Errors", letter), origin: "setting", decimals: [0, 0] },
    ]),
    { key: "meaning", label: "What it is", origin: "text" },
  ];
  return resultsTable(rows, { columns, caption: "What errors cost, by kind" });
}

/** The single detections that cost most, a table for each results file. */
export function costliestTables(explained: readonly ComparedResults[]): HTMLElement {
  const box = create("div");
  for (const { letter, name, errors } of explained) {
    const about = explained.length > 1 ? `, ${letter}, ${shownText(name)}` : "";
    box.append(() => costliestTable(errors?.costliest ?? [], `The detections that cost most${about}`));
  }
  return box.node()!;
}

function costliestTable(costliest: readonly CostlyDetection[], caption: string): HTMLElement {
  const rows = costliest.map(({ name, image, category, object, score, bbox, cost }) => ({
    image: shownText(image),
    category: shownText(category),
    name,
    object: object === null ? null : shownText(object),
    score,
    bbox: bbox.map((side) => Math.round(side)).join(", "),
    cost,
  }));
  return resultsTable(rows, {
    columns: [
      { key: "image", label: "Image", origin: "text" },
      { key: "category", label: "Class", origin: "text" },
      { key: "score", label: "Score", origin: "setting", decimals: [2, 3] },
      { key: "name", label: "Error", origin: "text" },
      { key: "object", label: "The object’s class", origin: "text" },
      { key: "bbox", label: "Box", unit: "x, y, width, height", origin: "text" },
      { key: "cost", label: "Cost in AP", origin: "setting", decimals: [4, 5] },
    ],
    caption,
  });
}
