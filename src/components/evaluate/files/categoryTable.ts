import type { ResultsColumn } from "../../../pageData/resultsTable.js";
import { shownText } from "../../../text/shownText.js";
import { resultsTable } from "../../results/table.js";
import { categoryRows } from "./categoryRows.js";
import type { ComparedResults } from "./comparedResults.js";

/** AP of each class, and how many objects and detections it has, as a table. */
export function categoryTable(compared: readonly ComparedResults[]): HTMLElement {
  const rows = categoryRows(compared).map(({ name, objects, values }, index) => ({
    name: shownText(name),
    objects,
    ...Object.fromEntries(
      compared.flatMap(({ letter, measured }, side) => [
        [letter, values[side] ?? null],
        [`detections ${letter}`, measured.categories[index]!.detections],
      ]),
    ),
    difference: values[0] == null || values[1] == null ? null : values[1] - values[0],
  }));
  const named = (what: string, letter: string) => (compared.length > 1 ? `${what} ${letter}` : what);
  const columns: ResultsColumn[] = [
    { key: "name", label: "Class", origin: "text" },
    { key: "objects", label: "Objects", origin: "setting", decimals: [0, 0] },
    ...compared.flatMap(({ letter }): ResultsColumn[] => [
      { key: letter, label: named("AP", letter), origin: "setting", decimals: [3, 3] },
      {
        key: `detections ${letter}`,
        label: named("Detections", letter),
        origin: "setting",
        decimals: [0, 0],
      },
    ]),
    ...(compared.length > 1
      ? [{ key: "difference", label: "B − A", origin: "setting", decimals: [3, 3] } as const]
      : []),
  ];
  return resultsTable(rows, { columns, caption: "AP of each class" });
}
