import { create } from "d3";
import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";
import { compareRows } from "./comparison.js";

interface ComparisonPanel {
  readonly node: HTMLElement;
  show(ticked: readonly ResultsRow[]): void;
}

/** Ticked rows compared with the first of them, in words; an invitation to tick while there is nothing to compare. */
export function comparisonPanel(
  columns: readonly ResultsColumn[],
  nameOf: (row: ResultsRow) => string,
  cleared: () => void,
): ComparisonPanel {
  const panel = create<HTMLElement>("div").attr("class", "results-comparison");
  const line = panel.append("p");
  const words = line.append("span").attr("role", "status");
  const clear = line.append("button").attr("type", "button").text("Clear").on("click", cleared);
  const list = panel.append("ul");
  return {
    node: panel.node()!,
    show(ticked) {
      const comparison = compareRows(ticked, columns);
      const [first] = ticked;
      const others = ticked.length - 1;
      words.text(
        first === undefined
          ? "Tick two rows or more to compare them."
          : comparison === null
            ? `${nameOf(first)}: tick what to hold against it.`
            : `Against ${nameOf(first)}, ${others} ${others === 1 ? "row" : "rows"}:`,
      );
      clear.attr("hidden", first === undefined ? "" : null);
      list.selectChildren().remove();
      for (const { row, values, unlike, single } of comparison?.others ?? []) {
        const item = list.append("li");
        item.append("strong").text(nameOf(row));
        values.forEach(({ label, words: said }, index) => {
          item.append("span").text(`${index === 0 ? ": " : ", "}${label} ${said}`);
        });
        item.append("span").text(values.length === 0 ? ": no number in common." : ".");
        if (unlike.length > 0)
          item.append("em").text(` Not trained or measured alike: ${unlike.join("; ")}.`);
        if (single) item.append("em").text(" One run: how far another seed would land is not measured.");
      }
    },
  };
}
