import type { ResultsTable } from "../../pageData/resultsTable.js";
import { choice, type Parameter, text } from "../page/state/parameter.js";
import { type QueryCodec, queryCodec } from "../page/state/query.js";
import type { Sort } from "../tables/order.js";
import { optionsOf } from "./filter.js";
import { type CostAxis, costAxes, costNames } from "./scatter/costAxis.js";
import { canBeCompared, canBeFiltered, idOf, type TableView, untouched } from "./tableSettings.js";

/** The part of the page's state that is in its address. */
interface ResultsState {
  readonly axis: CostAxis;
  /** By a table's name; one that is as it was at first may be left out. */
  readonly views: Readonly<Record<string, TableView>>;
}

const axisAddress = queryCodec<Pick<ResultsState, "axis">>(
  { axis: "multiplyAddsB" },
  { axis: choice("axis", costAxes, (axis) => costNames[axis]) },
);

/** As in "?axis=parameters&detection.sort=AP.descending&detection.find=49". */
export function resultsAddress(tables: Readonly<Record<string, ResultsTable>>): QueryCodec<ResultsState> {
  const forms = Object.entries(tables).map(([name, table]) => [name, tableAddress(name, table)] as const);
  return {
    read(query) {
      const { state, problems } = axisAddress.read(query);
      const read = forms.map(([name, form]) => [name, form.read(query)] as const);
      return {
        state: { ...state, views: Object.fromEntries(read.map(([name, { state }]) => [name, state])) },
        problems: [...problems, ...read.flatMap(([, { problems }]) => problems)],
      };
    },
    write: (query, { axis, views }) =>
      forms.reduce(
        (written, [name, form]) => form.write(written, views[name] ?? untouched),
        axisAddress.write(query, { axis }),
      ),
  };
}

/** A table without tools to narrow it, or to compare its rows, ignores their parameters. */
function tableAddress(name: string, table: ResultsTable): QueryCodec<TableView> {
  const { sort, find, ticked } = untouched;
  const filtered = canBeFiltered(table);
  const found = text(`${name}.find`);
  const order = queryCodec<Pick<TableView, "sort" | "find">>(
    { sort, find },
    { sort: sortParameter(`${name}.sort`, table), find: filtered ? found : { ...found, read: () => find } },
  );
  const choices = choicesAddress(name, filtered ? table : { ...table, choices: [] });
  const comparison = queryCodec({ ticked }, { ticked: tickedParameter(`${name}.rows`, table) });
  return {
    read(query) {
      const [ordered, chosen, compared] = [order.read(query), choices.read(query), comparison.read(query)];
      return {
        state: { ...ordered.state, choices: chosen.state, ...compared.state },
        problems: [...ordered.problems, ...chosen.problems, ...compared.problems],
      };
    },
    write: (query, view) => comparison.write(choices.write(order.write(query, view), view.choices), view),
  };
}

function sortParameter(name: string, { columns }: ResultsTable): Parameter<Sort> {
  const keys = columns.map(({ key }) => key);
  const sorts = keys.flatMap((key) => [
    { key, direction: "ascending" } as const,
    { key, direction: "descending" } as const,
  ]);
  return choice<Sort>(
    name,
    sorts,
    ({ key, direction }) => `${key}.${direction}`,
    `; it should be a column, a dot and ascending or descending, the columns being ${keys.join(", ")}. The table is not sorted.`,
  );
}

function choicesAddress(
  name: string,
  { rows, choices = [] }: ResultsTable,
): QueryCodec<TableView["choices"]> {
  const keys = choices.map(({ key }) => key);
  const parameters = keys.map((key) => {
    const options = optionsOf(rows, key);
    const message = `; it should be ${options.join(" or ")}. All rows are shown.`;
    return [key, choice(`${name}.${key}`, options, String, message)] as const;
  });
  return queryCodec<TableView["choices"]>({}, Object.fromEntries(parameters));
}

function tickedParameter(name: string, table: ResultsTable): Parameter<readonly string[]> {
  const ids = new Set(canBeCompared(table) ? table.rows.map(idOf) : []);
  const idsIn = (text: string): string[] => [...new Set(text.split("."))];
  return {
    name,
    rule: "rows of the table, with dots between them",
    read: (text) => (idsIn(text).every((id) => ids.has(id)) ? idsIn(text) : undefined),
    write: (ticked) => ticked.join("."),
    fallback: (text) => idsIn(text).filter((id) => ids.has(id)),
    message: "; it should be rows of the table, with dots between them. Those that it has are ticked.",
  };
}
