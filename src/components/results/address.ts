import type { ResultsTable } from "../../pageData/resultsTable.js";
import { optionsOf } from "./filter.js";
import { type CostAxis, costAxes, costNames } from "./scatter/costAxis.js";
import { canBeCompared, canBeFiltered, idOf, type TableView, untouched } from "./view.js";

/** What of the page's state stands in its address. */
export interface ResultsAddress {
  readonly axis: CostAxis;
  /** By a table's name; one that is as it stands at first may be left out. */
  readonly views: Readonly<Record<string, TableView>>;
}

export type ExploredTables = Readonly<Record<string, ResultsTable>>;

export interface ReadResultsAddress {
  readonly address: ResultsAddress;
  /** For each value that means nothing, what would be right and what is shown in its place. */
  readonly problems: readonly string[];
}

const usual: CostAxis = "multiplyAddsB";
const directions = ["ascending", "descending"] as const;

/** Reads the state from an address's query: "?axis=parameters&detection.sort=AP.descending&detection.find=49". */
export function readResultsAddress(query: string, tables: ExploredTables): ReadResultsAddress {
  const parameters = new URLSearchParams(query);
  const problems: string[] = [];
  const problem = (name: string, right: string, instead: string): void => {
    problems.push(
      `The page's address says ${name}=${parameters.get(name)}; it should be ${right}. ${instead}`,
    );
  };

  const text = parameters.get("axis");
  const axis = costAxes.find((one) => costNames[one] === text);
  if (text !== null && axis === undefined) {
    problem("axis", costAxes.map((one) => costNames[one]).join(" or "), `${costNames[usual]} is taken.`);
  }

  const sortOf = (name: string, { columns }: ResultsTable): TableView["sort"] => {
    const [key, way] = parameters.get(name)?.split(".") ?? [];
    if (key === undefined) return null;
    const direction = directions.find((one) => one === way);
    if (direction !== undefined && columns.some((column) => column.key === key)) return { key, direction };
    problem(
      name,
      `a column, a dot and ascending or descending, the columns being ${columns.map((one) => one.key).join(", ")}`,
      "The table is not sorted.",
    );
    return null;
  };

  const choicesOf = (name: string, { rows, choices = [] }: ResultsTable): TableView["choices"] =>
    Object.fromEntries(
      choices.flatMap(({ key }) => {
        const value = parameters.get(`${name}.${key}`);
        if (value === null) return [];
        const options = optionsOf(rows, key);
        if (options.includes(value)) return [[key, value]];
        problem(`${name}.${key}`, options.join(" or "), "All rows are shown.");
        return [];
      }),
    );

  const tickedOf = (name: string, table: ResultsTable): readonly string[] => {
    const ids = new Set(parameters.get(name)?.split(".") ?? []);
    const known = [...ids].filter((id) => canBeCompared(table) && table.rows.some((row) => idOf(row) === id));
    if (known.length < ids.size) {
      problem(name, "rows of the table, with dots between them", "Those that it has are ticked.");
    }
    return known;
  };

  const views = Object.entries(tables).map(([name, table]): [string, TableView] => [
    name,
    {
      sort: sortOf(`${name}.sort`, table),
      find: canBeFiltered(table) ? (parameters.get(`${name}.find`) ?? "") : "",
      choices: canBeFiltered(table) ? choicesOf(name, table) : {},
      ticked: tickedOf(`${name}.rows`, table),
    },
  ]);
  return { address: { axis: axis ?? usual, views: Object.fromEntries(views) }, problems };
}

/** The query that says a state, with what is usual left out; other parameters stay as they are. */
export function writeResultsAddress(
  query: string,
  { axis, views }: ResultsAddress,
  tables: ExploredTables,
): string {
  const parameters = new URLSearchParams(query);
  const set = (name: string, value: string): void => {
    if (value === "") parameters.delete(name);
    else parameters.set(name, value);
  };
  set("axis", axis === usual ? "" : costNames[axis]);
  for (const [name, { choices = [] }] of Object.entries(tables)) {
    const view = views[name] ?? untouched;
    set(`${name}.sort`, view.sort === null ? "" : `${view.sort.key}.${view.sort.direction}`);
    set(`${name}.find`, view.find);
    for (const { key } of choices) set(`${name}.${key}`, view.choices[key] ?? "");
    set(`${name}.rows`, view.ticked.join("."));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
