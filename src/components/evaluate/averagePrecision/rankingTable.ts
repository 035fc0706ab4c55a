import { create } from "d3";
import { exampleImages } from "./example.js";
import type { DetectionOutcome } from "./matching.js";
import type { ApShown, ApStore } from "./store.js";
import { reasonText, verdictSigns, verdictText } from "./words.js";

export interface RankingTable {
  readonly element: HTMLElement;
  show(shown: ApShown): void;
  point(detection: number | null): void;
}

const columns = ["Rank", "Score", "Image", "IoU", "Verdict", "Why", "Precision", "Recall"];
const isNumber = (column: string) => ["Rank", "Score", "IoU", "Precision", "Recall"].includes(column);

/** The detections of the shown class, best first, and what each does to precision and recall. */
export function rankingTable(store: ApStore): RankingTable {
  const region = create("div").attr("class", "scroll ranking").attr("role", "region");
  region.attr("aria-label", "The ranking as a table").attr("tabindex", 0);
  const table = region.append("table").attr("class", "ranking-table");
  table
    .append("thead")
    .append("tr")
    .selectAll("th")
    .data(columns)
    .join("th")
    .attr("scope", "col")
    .classed("number", isNumber)
    .text((label) => label);
  const body = table.append("tbody");
  /** The row that Tab comes to. */
  let current = 0;
  const rowsNow = () => body.selectAll<HTMLTableRowElement, DetectionOutcome>("tr");
  // Not each row's own listeners: rows stay while what they show changes.
  body
    .on("focusin", (event: FocusEvent) => {
      const { target } = event;
      if (!(target instanceof Element)) return;
      current = rowsNow()
        .nodes()
        .findIndex((row) => row.contains(target));
      rowsNow().attr("tabindex", (_, index) => (index === current ? 0 : -1));
      store.point(rowsNow().data()[current]?.detection ?? null);
    })
    .on("focusout", () => store.point(null))
    .on("keydown", (event: KeyboardEvent) => {
      const rows = rowsNow().nodes();
      const steps: Readonly<Record<string, number>> = {
        ArrowDown: current + 1,
        ArrowUp: current - 1,
        Home: 0,
        End: rows.length - 1,
      };
      const next = steps[event.key];
      if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
    });

  return {
    element: region.node()!,
    show(shown) {
      const { matching, whole, taken, selected, view } = shown;
      const outcomes = [...matching.ranking, ...matching.uncounted];
      current = Math.min(current, Math.max(outcomes.length - 1, 0));
      const rows = body
        .selectAll<HTMLTableRowElement, DetectionOutcome>("tr")
        .data(outcomes)
        .join("tr")
        .attr("class", ({ verdict }) => verdict)
        .classed("later", (_, index) => index >= taken.points.length)
        .classed("latest", (_, index) => index + 1 === view.step)
        .classed(
          "selected",
          ({ detection }) => selected?.kind === "detection" && selected.index === detection,
        )
        .attr("tabindex", (_, index) => (index === current ? 0 : -1))
        .on("pointerenter", (_, { detection }) => store.point(detection))
        .on("pointerleave", () => store.point(null))
        .on("click", (_, { detection }) => store.select({ kind: "detection", index: detection }));
      rows
        .selectAll<HTMLTableCellElement, string>("td, th")
        .data(({ detection, verdict, iou, object, ...outcome }, index) => {
          const { score, image } = shown.example.detections[detection]!;
          const point = whole.points[index];
          return [
            point === undefined ? "–" : String(index + 1),
            score.toFixed(2),
            exampleImages[image]!.title,
            object === null ? "–" : iou.toFixed(2),
            `${verdictSigns[verdict]} ${verdictText(verdict)}`,
            reasonText(shown, { detection, verdict, iou, object, ...outcome }),
            point === undefined || point.right + point.wrong === 0
              ? "–"
              : `${point.right}/${point.right + point.wrong} = ${point.precision.toFixed(2)}`,
            point === undefined || whole.positives === 0
              ? "–"
              : `${point.right}/${whole.positives} = ${point.recall.toFixed(2)}`,
          ];
        })
        .join((enter) => enter.append((_, index) => document.createElement(index === 0 ? "th" : "td")))
        .attr("scope", (_, index) => (index === 0 ? "row" : null))
        .attr("class", (_, index) => (isNumber(columns[index]!) ? "number" : null))
        .text((text) => text);
    },
    point(detection) {
      rowsNow().classed("pointed", (outcome) => outcome.detection === detection);
    },
  };
}
