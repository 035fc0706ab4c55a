import type { Cell, ResultsColumn } from "../../../pageData/resultsTable.js";
import { resultsTable } from "../../results/table.js";
import type { ComparedResults } from "./comparedResults.js";
import { classTitle, precisionAt, scoreAt } from "./curveReading.js";
import { curveKinds } from "./recallCurves.js";

/**
 * Precision at every tenth recall, as a table.
 *
 * @param index of the class; null for the mean over classes
 */
export function curvesTable(compared: readonly ComparedResults[], index: number | null): HTMLElement {
  const named = (what: string, letter: string) => (compared.length > 1 ? `${what}, ${letter}` : what);
  const cells: { column: ResultsColumn; values: readonly Cell[] }[] = compared.flatMap(
    ({ letter, measured }) => [
      ...curveKinds.map((kind) => ({
        column: columnOf(`${letter} ${kind}`, named(`IoU ${kind}`, letter)),
        values: precisionAt(measured, kind, index),
      })),
      ...(index === null
        ? []
        : [
            {
              column: columnOf(`${letter} score`, named(`Score at IoU ${curveKinds[0]}`, letter)),
              values: scoreAt(measured, index),
            },
          ]),
    ],
  );
  const recalls = compared[0]?.measured.recallThresholds ?? [];
  const rows = recalls.flatMap((recall, at) => {
    // Every tenth of them tells the curve.
    if (at % 10 !== 0) return [];
    return [
      {
        recall: recall.toFixed(1),
        ...Object.fromEntries(cells.map(({ column, values }) => [column.key, values[at] ?? null])),
      },
    ];
  });
  return resultsTable(rows, {
    columns: [{ key: "recall", label: "Recall", origin: "text" }, ...cells.map(({ column }) => column)],
    caption: `Precision at each recall, ${classTitle(compared, index)}`,
    ...(index === null
      ? {}
      : { about: "The score is that of the detection with which the recall is reached." }),
  });
}

const columnOf = (key: string, label: string): ResultsColumn => ({
  key,
  label,
  origin: "setting",
  decimals: [3, 3],
});
