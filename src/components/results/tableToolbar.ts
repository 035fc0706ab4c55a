import type { ColumnTable } from "arquero";
import { create } from "d3";
import type { ResultsTable } from "../../pageData/resultsTable.js";
import { csvOf } from "./csv.js";
import { optionsOf, type ResultsFilter } from "./filter.js";
import { canBeFiltered } from "./tableSettings.js";

interface ResultsTools {
  readonly node: HTMLElement;
  show(filter: ResultsFilter, shown: ColumnTable): void;
}

/** A search field and menus that filter a table, the number of rows left, and a link that saves those as CSV. */
export function resultsTools(
  table: ResultsTable,
  file: string,
  changed: (filter: ResultsFilter) => void,
): ResultsTools {
  const { caption, columns, rows, choices = [] } = table;
  const bar = create<HTMLElement>("div")
    .attr("class", "results-tools")
    .attr("role", "group")
    .attr("aria-label", `Tools: ${caption}`);
  let filter: ResultsFilter = { find: "", choices: {} };
  const filtered = canBeFiltered(table);
  const find = create("input").attr("type", "search").attr("aria-label", `Find in ${caption}`);
  find.on("input", () => changed({ ...filter, find: find.property("value") }));
  const menus = choices.map(({ key, label }) => {
    const menu = create("select").attr("aria-label", `${label} in ${caption}`);
    menu.append("option").attr("value", "").text("all");
    for (const value of optionsOf(rows, key)) menu.append("option").attr("value", value).text(value);
    menu.on("change", () => {
      const { [key]: _, ...others } = filter.choices;
      const value: string = menu.property("value");
      changed({ ...filter, choices: value === "" ? others : { ...others, [key]: value } });
    });
    return { key, label, menu };
  });
  const count = create("output");
  if (filtered) {
    const label = bar.append("label");
    label.append("span").text("Find ");
    label.append(() => find.node()!);
    for (const { label: words, menu } of menus) {
      const around = bar.append("label");
      around.append("span").text(`${words} `);
      around.append(() => menu.node()!);
    }
    bar.append(() => count.node()!);
  }
  const hint = bar.append("span").attr("class", "results-hint").attr("aria-hidden", "true");
  hint.text("wider than the screen: scroll sideways →");
  const save = bar.append("a").attr("class", "results-save").attr("download", `${file}.csv`);
  save.text("CSV").attr("aria-label", `Download ${caption} as CSV`);
  return {
    node: bar.node()!,
    show(now, shown) {
      filter = now;
      // Writing the value that is already there would move the cursor.
      if (find.property("value") !== now.find) find.property("value", now.find);
      for (const { key, menu } of menus) menu.property("value", now.choices[key] ?? "");
      count.text(`${shown.numRows()} of ${rows.length} rows`);
      save.attr("href", `data:text/csv;charset=utf-8,${encodeURIComponent(csvOf(shown, columns))}`);
    },
  };
}
