import { create, type Selection } from "d3";
import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";
import { formatCell, isText } from "./column.js";
import { nextSort, type Sort } from "./order.js";
import { appendSource } from "./sources.js";

interface SortableTableOptions {
  readonly columns: readonly ResultsColumn[];
  /** Names the table for readers of screens. */
  readonly caption: string;
  /** Told of the order that a press on a header asks for. */
  readonly sorted: (sort: Sort | null) => void;
  /** With it each row begins with a checkbox; told of each that is ticked or unticked. */
  readonly ticked?: (row: ResultsRow, on: boolean) => void;
  /** Tells ticks of like-named rows apart. */
  readonly nameOf?: (row: ResultsRow) => string;
  /** Told which row the pointer or the keyboard is in; null when in none. */
  readonly touched?: (row: ResultsRow | null) => void;
  /** What to say of a cell that deserves a mark. */
  readonly remark?: (row: ResultsRow, key: string) => string | undefined;
}

interface GridState {
  readonly sort: Sort | null;
  /** All rows, as `sort` orders them. */
  readonly order: readonly ResultsRow[];
  /** Rows that are shown; all where absent. */
  readonly shown?: ReadonlySet<ResultsRow>;
  readonly ticked?: ReadonlySet<ResultsRow>;
}

interface SortableTable {
  readonly node: HTMLElement;
  show(state: GridState): void;
  /** Lights one row up, or none. */
  light(row: ResultsRow | null): void;
}

type Line = Selection<HTMLTableRowElement, undefined, null, undefined>;

interface DrawnRow {
  readonly row: ResultsRow;
  readonly line: HTMLTableRowElement;
  readonly tick: HTMLInputElement | null;
}

/** Cells that name a document, and lead to it where its address is known. */
const sourceKeys: ReadonlySet<string> = new Set(["source", "otherSource"]);

const marked = new Set<ResultsColumn["origin"]>(["computed", "measured"]);

/**
 * A table whose headers ask for an order, inside a box that scrolls sideways. The first column names the row.
 * A row that is not shown still counts for the columns' widths, which therefore do not change.
 */
export function sortableTable(rows: readonly ResultsRow[], options: SortableTableOptions): SortableTable {
  const { columns, caption, sorted } = options;
  const box = create<HTMLElement>("div")
    .attr("class", "results-scroll")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", caption);
  const table = box.append("table");
  const head = table.append("thead").append("tr");
  let sort: Sort | null = null;
  const headers = columns.map((column) => drawHeader(head, column, () => sorted(nextSort(column, sort))));
  const body = table.append("tbody");
  const drawn = rows.map((row) => drawRow(row, options));
  const ticks = (): HTMLInputElement[] => [
    ...body.selectAll<HTMLInputElement, undefined>("tr:not(.results-out) input"),
  ];
  body.on("keydown", (event: KeyboardEvent) => {
    const all = ticks();
    const at = event.target instanceof HTMLInputElement ? all.indexOf(event.target) : -1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, to))]?.focus();
  });
  // All ticks are one tab stop.
  body.on("focusin", ({ target }: FocusEvent) => {
    const all = ticks();
    if (all.some((tick) => tick === target)) makeStop(all.find((tick) => tick === target));
  });
  const makeStop = (stop: HTMLInputElement | undefined): void => {
    for (const { tick } of drawn) if (tick !== null) tick.tabIndex = tick === stop ? 0 : -1;
  };

  return {
    node: box.node()!,
    show(state) {
      sort = state.sort;
      headers.forEach((header, index) => {
        header.attr("aria-sort", columns[index]!.key === sort?.key ? sort.direction : "none");
      });
      const order = state.order.map((row) => drawn.find((one) => one.row === row)!.line);
      const element = body.node()!;
      // Moving rows that are already in place would take the focus from them.
      if (order.some((line, index) => element.children[index] !== line)) element.replaceChildren(...order);
      for (const { row, line, tick } of drawn) {
        line.classList.toggle("results-out", state.shown !== undefined && !state.shown.has(row));
        if (tick !== null) tick.checked = state.ticked?.has(row) ?? false;
        line.classList.toggle("results-chosen", state.ticked?.has(row) ?? false);
      }
      const all = ticks();
      if (!all.some(({ tabIndex }) => tabIndex === 0)) makeStop(all[0]);
    },
    light(row) {
      for (const one of drawn) one.line.classList.toggle("results-lit", one.row === row);
    },
  };
}

function drawHeader(head: Line, column: ResultsColumn, pressed: () => void) {
  const { label, unit, origin } = column;
  const header = head
    .append("th")
    .attr("scope", "col")
    .attr("data-origin", origin ?? "published")
    .attr("class", isText(column) ? "text" : "number");
  header
    .append("button")
    .attr("type", "button")
    .text(label)
    .on("click", pressed)
    .append("span")
    .attr("class", "results-arrow")
    .attr("aria-hidden", "true");
  if (unit !== undefined) header.append("small").text(unit);
  if (origin !== undefined && marked.has(origin)) {
    header.append("small").attr("class", "results-mark").text(origin);
  }
  return header;
}

function drawRow(
  row: ResultsRow,
  { columns, ticked, nameOf, touched, remark }: SortableTableOptions,
): DrawnRow {
  const line = create("tr").attr("title", typeof row.source === "string" ? `Source: ${row.source}` : null);
  let tick: HTMLInputElement | null = null;
  columns.forEach((column, index) => {
    const cell =
      index === 0
        ? line.append("th").attr("scope", "row")
        : line.append("td").attr("data-origin", column.origin ?? "published");
    cell.attr("class", isText(column) ? "text" : "number");
    const value = row[column.key] ?? null;
    if (index === 0 && ticked !== undefined) {
      tick = create("input")
        .attr("type", "checkbox")
        .attr("tabindex", -1)
        .attr("aria-label", `Compare ${nameOf?.(row) ?? formatCell(value, column)}`)
        .on("change", (event: Event) => {
          ticked(row, event.target instanceof HTMLInputElement && event.target.checked);
        })
        .node()!;
      const label = cell.append("label");
      label.node()!.append(tick);
      label.append("span").text(formatCell(value, column));
      return;
    }
    const said = remark?.(row, column.key);
    if (said !== undefined) {
      cell
        .append("span")
        .attr("class", "results-differs")
        .attr("role", "img")
        .attr("aria-label", said)
        .attr("title", said)
        .text("≠");
    }
    if (sourceKeys.has(column.key) && typeof value === "string") appendSource(cell, value);
    else cell.append("span").text(formatCell(value, column));
  });
  if (touched !== undefined) {
    line.on("pointerenter focusin", () => touched(row)).on("pointerleave focusout", () => touched(null));
  }
  return { row, line: line.node()!, tick };
}
