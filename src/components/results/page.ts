import type { MeasuredGroup, ScatterPoint } from "../../pageData/results.js";
import type { ResultsTable } from "../../pageData/resultsTable.js";
import type { PageAddress } from "../page/state/pageUrl.js";
import { urlState } from "../page/state/urlState.js";
import { type ResultsExplorer, resultsExplorer } from "./explorer.js";
import { apScatterFigure } from "./scatter/figure.js";
import { type TableView, untouched } from "./tableSettings.js";
import { resultsAddress } from "./urlState.js";

interface ResultsPageOptions<Name extends string> {
  readonly scatter: readonly ScatterPoint[];
  /** By name; that of `scatter`'s points is "detection", and its rows have the same ids. */
  readonly tables: Readonly<Record<Name, ResultsTable>>;
  /** Groups of runs, with two tables each. */
  readonly measured: readonly Pick<MeasuredGroup, "id" | "comparison" | "runs">[];
  readonly title: (cost: string) => string;
  readonly description: string;
  readonly address: PageAddress;
}

interface ResultsPage<Name extends string> {
  readonly scatter: HTMLElement;
  table(name: Name): HTMLElement;
  /** The networks of a group of runs compared, and its every run. */
  measured(group: string): readonly HTMLElement[];
  /** What is wrong with the page's address, one sentence each. */
  readonly problems: readonly string[];
  /** Stops following the address. */
  stop(): void;
}

const compared = (group: string): string => `${group}-networks`;
const everyRun = (group: string): string => `${group}-runs`;

/** The figure and the tables of a page, each other's rows and points in step, and all of it in step with the address. */
export function resultsPage<Name extends string>(options: ResultsPageOptions<Name>): ResultsPage<Name> {
  const { scatter: points, measured, title, description, address } = options;
  const tables: Readonly<Record<string, ResultsTable>> = {
    ...options.tables,
    ...Object.fromEntries(
      measured.flatMap(({ id, comparison, runs }) => [
        [compared(id), comparison],
        [everyRun(id), runs],
      ]),
    ),
  };
  const state = urlState(resultsAddress(tables), address);

  const scatter = apScatterFigure(points, {
    title,
    description,
    changed: (axis) => state.set({ axis }),
    touched: (id) => explorers.get("detection")?.light(id),
  });
  const explorers = new Map<string, ResultsExplorer>();
  for (const [name, table] of Object.entries(tables)) {
    const explorer = resultsExplorer(table, {
      file: `spinenet-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      changed: (view) => {
        state.set({ views: { ...state.value.views, [name]: view } });
        if (name === "detection") showScatter();
      },
      ...(name === "detection" ? { touched: scatter.light } : {}),
    });
    explorers.set(name, explorer);
  }
  show();
  state.onNavigate(show);

  function viewOf(name: string): TableView {
    return state.value.views[name] ?? untouched;
  }

  function showScatter(): void {
    scatter.show(state.value.axis, explorers.get("detection")?.shown() ?? new Set());
  }

  function show(): void {
    for (const [name, explorer] of explorers) explorer.show(viewOf(name));
    showScatter();
  }

  function table(name: string): HTMLElement {
    const explorer = explorers.get(name);
    if (explorer === undefined) {
      throw new Error(`No table is called "${name}"; there are ${[...explorers.keys()].join(", ")}`);
    }
    return explorer.node;
  }

  return {
    scatter: scatter.node,
    problems: state.problems,
    table,
    measured: (group) => [table(compared(group)), table(everyRun(group))],
    stop: state.stop,
  };
}
