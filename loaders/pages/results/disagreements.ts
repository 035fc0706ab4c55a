import * as aq from "arquero";
import type { ResultsTableName } from "../../../src/pageData/results.js";
import type { ResultsRow, ResultsTable } from "../../../src/pageData/resultsTable.js";
import { publishedClassifierCosts, publishedDetectorCosts } from "../../records/modelCosts.js";
import { rowsOf } from "../rowsOf.js";
import { type PrintedNumber, printedNumbers } from "./printedNumbers.js";

interface Disagreements {
  /** One row for each number that is not the first source's. */
  readonly rows: readonly ResultsRow[];
  /** For each table, what to say of its cells that another source contradicts. */
  readonly remarks: Readonly<Partial<Record<ResultsTableName, NonNullable<ResultsTable["remarks"]>>>>;
}

/** A number printed for one thing, with all its sources, and the number that is printed first. */
interface Printing extends PrintedNumber {
  readonly sources: readonly string[];
  readonly firstValue: number;
  readonly firstSources: readonly string[];
}

const quantities: Readonly<Record<string, string>> = {
  multiplyAddsB: "multiply-adds, billions",
  parametersM: "parameters, millions",
  AP: "AP",
  boxAP: "box AP",
  maskAP: "mask AP",
  imagenetTop1: "ImageNet top-1",
};

/** Costs that differ by more than this share are not rounded from one number. */
const mostByRounding = 0.02;

/** The published numbers that contradict each other, of the same network at the same size, split and schedule. */
export async function loadDisagreements(): Promise<Disagreements> {
  return disagreementsAmong(await printedNumbers());
}

export function disagreementsAmong(numbers: readonly PrintedNumber[]): Disagreements {
  const printed = aq.from([...numbers]).derive({
    thing: aq.escape(({ detector, model, modelId, resolution, split, epochs, quantity }: PrintedNumber) =>
      JSON.stringify([detector, modelId ?? model, resolution, split, epochs, quantity]),
    ),
    order: aq.op.row_number(),
  });
  const printings = printed
    .groupby("thing", "value")
    .derive({ sources: aq.op.array_agg_distinct("source") })
    .filter("row_number() === 1")
    .groupby("thing")
    .derive({ firstValue: aq.op.first_value("value"), firstSources: aq.op.first_value("sources") })
    .derive({ place: aq.op.min("order"), model: aq.op.first_value("model") })
    .ungroup()
    .orderby("place", "order");
  const others = printings.filter(aq.escape(({ value, firstValue }: Printing) => value !== firstValue));
  return {
    rows: rowsOf<Printing>(others).map((printing) => rowOf(printing, numbers)),
    remarks: remarksOn(printed, printings),
  };
}

function rowOf(printing: Printing, all: readonly PrintedNumber[]): ResultsRow {
  const { detector, model, resolution, split, epochs, quantity } = printing;
  const { firstValue, firstSources, value, sources } = printing;
  return {
    model: resolution === null ? model : `${model} at ${resolution} px`,
    quantity: quantities[quantity] ?? quantity,
    setting: [detector, split, epochs === null ? null : `${epochs} epochs`]
      .filter((part) => part !== null)
      .join(", "),
    value: firstValue,
    source: firstSources.join("; "),
    otherValue: value,
    otherSource: sources.join("; "),
    // Both are printed with two decimals at most.
    difference: Number((value - firstValue).toFixed(2)),
    counted: countedHere(printing),
    remark: remarkOn(printing, all),
  };
}

function remarkOn(printing: Printing, all: readonly PrintedNumber[]): string {
  const { value, sources, firstValue, firstSources, detector, model, quantity } = printing;
  const isCost = printing.split === null;
  if (isCost && Math.abs(value - firstValue) > mostByRounding * firstValue) {
    return "Too far apart for rounding: not the same network, though it has the same name.";
  }
  const documents = firstSources.map(documentOf);
  if (!sources.every((source) => documents.includes(documentOf(source)))) {
    return isCost
      ? "Counted or rounded otherwise; no source says how."
      : "Another run or other code; no source says which.";
  }
  const owner = all.find(
    (number) =>
      number.split !== null &&
      number.value === value &&
      number.model !== model &&
      number.detector === detector &&
      number.quantity === quantity &&
      number.source === firstSources[0],
  );
  const hint = owner === undefined ? "" : ` The second is what ${owner.source} gives ${owner.model}.`;
  return `The same authors print both, and do not say why.${hint}`;
}

/** The document of "arXiv:1912.05027v3, Table 2". */
function documentOf(source: string): string {
  return source.split(",")[0]!;
}

/** What this project's own network costs, where it can be built and the number is a cost. */
function countedHere({ detector, modelId, resolution, quantity, split }: PrintedNumber): number | null {
  if (split !== null || modelId === null) return null;
  const costs =
    detector === "RetinaNet"
      ? publishedDetectorCosts(modelId, resolution)
      : detector === "classifier"
        ? publishedClassifierCosts(modelId, 1000)
        : null;
  return costs?.[quantity === "parametersM" ? "parametersM" : "multiplyAddsB"] ?? null;
}

function remarksOn(printed: aq.ColumnTable, printings: aq.ColumnTable): Disagreements["remarks"] {
  const contradicted = printed
    .filter(aq.escape(({ table }: PrintedNumber) => table !== null))
    .join(printings.select("thing", { value: "otherValue", sources: "otherSources" }), "thing")
    .filter(aq.escape((row: ResultsRow) => row.value !== row.otherValue))
    .derive({
      said: aq.escape(
        ({ otherValue, otherSources }: { otherValue: number; otherSources: readonly string[] }) =>
          `${otherValue} in ${otherSources.join("; ")}`,
      ),
    })
    .groupby("table", "id", "key")
    .rollup({ said: aq.op.array_agg("said") });
  type Remark = { table: ResultsTableName; id: string; key: string; said: readonly string[] };
  const remarks: Partial<Record<ResultsTableName, Record<string, Record<string, string>>>> = {};
  for (const { table, id, key, said } of rowsOf<Remark>(contradicted)) {
    const ofTable = remarks[table] ?? {};
    remarks[table] = { ...ofTable, [id]: { ...ofTable[id], [key]: `Another number: ${said.join("; ")}` } };
  }
  return remarks;
}
