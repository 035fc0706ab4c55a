import { html } from "htl";
import type { ResultsRow, ResultsTable } from "../../pageData/resultsTable.js";
import { csvOf } from "./csv.js";
import { optionsOf, type ResultsFilter } from "./filter.js";
import { canBeFiltered } from "./tableSettings.js";

interface ResultsTools {
  readonly node: HTMLElement;
  show(filter: ResultsFilter, shown: readonly ResultsRow[]): void;
}

/** A search field and menus that filter a table, the number of rows left, and a link that saves those as CSV. */
export function resultsTools(
  table: ResultsTable,
  file: string,
  changed: (filter: ResultsFilter) => void,
): ResultsTools {
  const { caption, columns, rows, choices = [] } = table;
  let filter: ResultsFilter = { find: "", choices: {} };
  const find = html<HTMLInputElement>`<input type="search" aria-label=${`Find in ${caption}`}>`;
  find.addEventListener("input", () => changed({ ...filter, find: find.value }));
  const menus = choices.map(({ key, label }) => {
    const menu = html<HTMLSelectElement>`<select aria-label=${`${label} in ${caption}`}>
      <option value="">all</option>${optionsOf(rows, key).map((value) => html`<option value=${value}>${value}</option>`)}
    </select>`;
    menu.addEventListener("change", () => {
      const { [key]: _, ...others } = filter.choices;
      changed({ ...filter, choices: menu.value === "" ? others : { ...others, [key]: menu.value } });
    });
    return { key, label, menu };
  });
  const count = html`<output>`;
  const save = html<HTMLAnchorElement>`<a class="results-save" download=${`${file}.csv`} aria-label=${`Download ${caption} as CSV`}>CSV</a>`;
  const fields = [
    html`<label><span>Find </span>${find}</label>`,
    ...menus.map(({ label, menu }) => html`<label><span>${label} </span>${menu}</label>`),
    count,
  ];
  return {
    node: html`<div class="results-tools" role="group" aria-label=${`Tools: ${caption}`}>
      ${canBeFiltered(table) ? fields : null}
      <span class="results-hint" aria-hidden="true">wider than the screen: scroll sideways →</span>
      ${save}
    </div>`,
    show(now, shown) {
      filter = now;
      // Writing the value that is already there would move the cursor.
      if (find.value !== now.find) find.value = now.find;
      for (const { key, menu } of menus) menu.value = now.choices[key] ?? "";
      count.textContent = `${shown.length} of ${rows.length} rows`;
      save.href = `data:text/csv;charset=utf-8,${encodeURIComponent(csvOf(shown, columns))}`;
    },
  };
}
