import { select } from "d3";
import { numbers, scrollingTable } from "../../tables/table.js";
import { exampleImages } from "./example.js";
import type { DetectionOutcome } from "./matching.js";
import type { ApShown, ApStore } from "./store.js";
import { reasonText, verdictSigns, verdictText } from "./words.js";

const columns = [
  ...["Rank", "Score"].map(numbers),
  "Image",
  numbers("IoU"),
  ...["Verdict", "Why"],
  ...["Precision", "Recall"].map(numbers),
];

/** The detections of the shown class, best first, and what each does to precision and recall. */
export function rankingTable(store: ApStore): HTMLElement {
  const region = scrollingTable({
    className: "ranking-table",
    caption: "The ranking as a table",
    captionShown: false,
    columns,
  });
  const body = select(region).select<HTMLElement>("tbody");
  const rowsNow = () => body.selectAll<HTMLTableRowElement, DetectionOutcome>("tr");
  /** The row that Tab comes to. */
  let current = 0;
  const setCurrent = (index: number) => {
    current = index;
    rowsNow().attr("tabindex", (_, i) => (i === current ? 0 : -1));
  };
  // Not listeners on each row: rows stay while their content changes.
  body
    .on("focusin", ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      const rows = rowsNow();
      setCurrent(rows.nodes().findIndex((row) => row.contains(target)));
      store.point(rows.data()[current]?.detection ?? null);
    })
    .on("focusout", () => store.point(null))
    .on("keydown", (event: KeyboardEvent) => {
      const rows = rowsNow().nodes();
      const next = rowAfterKey(event, current, rows.length - 1);
      if (next === null) return;
      event.preventDefault();
      rows[next]?.focus();
    });

  store.follow((shown) => {
    const { matching, taken, selected, view } = shown;
    const outcomes = [...matching.ranking, ...matching.uncounted];
    const rows = rowsNow()
      .data(outcomes)
      .join("tr")
      .attr("class", ({ verdict }) => verdict)
      .classed("later", (_, index) => index >= taken.points.length)
      .classed("latest", (_, index) => index + 1 === view.step)
      .classed("selected", ({ detection }) => selected?.kind === "detection" && selected.index === detection)
      .on("pointerenter", (_, { detection }) => store.point(detection))
      .on("pointerleave", () => store.point(null))
      .on("click", (_, { detection }) => store.select({ kind: "detection", index: detection }));
    setCurrent(Math.min(current, Math.max(outcomes.length - 1, 0)));
    rows
      .selectAll<HTMLTableCellElement, string>("td, th")
      .data((outcome, index) => cellsOf(shown, outcome, index))
      .join((enter) => enter.append((_, index) => document.createElement(index === 0 ? "th" : "td")))
      .attr("scope", (_, index) => (index === 0 ? "row" : null))
      .attr("class", (_, index) => (typeof columns[index] === "string" ? null : "number"))
      .text((text) => text);
  });
  store.followPointed((detection) => {
    rowsNow().classed("pointed", (outcome) => outcome.detection === detection);
  });
  return region;
}

function rowAfterKey({ key, altKey, ctrlKey, metaKey }: KeyboardEvent, current: number, last: number) {
  const rows: Readonly<Record<string, number>> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    Home: 0,
    End: last,
  };
  const next = rows[key];
  return next === undefined || altKey || ctrlKey || metaKey ? null : Math.min(Math.max(next, 0), last);
}

function cellsOf(shown: ApShown, outcome: DetectionOutcome, index: number): string[] {
  const { detection, verdict, iou, object } = outcome;
  const { score, image } = shown.example.detections[detection]!;
  const { points, positives } = shown.whole;
  const point = points[index];
  const counted = point === undefined ? 0 : point.right + point.wrong;
  return [
    point === undefined ? "–" : String(index + 1),
    score.toFixed(2),
    exampleImages[image]!.title,
    object === null ? "–" : iou.toFixed(2),
    `${verdictSigns[verdict]} ${verdictText(verdict)}`,
    reasonText(shown, outcome),
    point === undefined || counted === 0 ? "–" : `${point.right}/${counted} = ${point.precision.toFixed(2)}`,
    point === undefined || positives === 0 ? "–" : `${point.right}/${positives} = ${point.recall.toFixed(2)}`,
  ];
}
