import type { ResultsTableName } from "../../../src/pageData/results.js";
import type { ResultsRow, ResultsTable } from "../../../src/pageData/resultsTable.js";
import { publishedClassifierCosts, publishedDetectorCosts } from "../../records/modelCosts.js";
import { type PrintedNumber, printedNumbers } from "./printedNumbers.js";

export interface Disagreements {
  /** A row for each number that is not the first source's. */
  readonly rows: readonly ResultsRow[];
  /** For each table, what to say of its cells that another source contradicts. */
  readonly remarks: Readonly<Partial<Record<ResultsTableName, NonNullable<ResultsTable["remarks"]>>>>;
}

const quantities: Readonly<Record<string, string>> = {
  multiplyAddsB: "multiply-adds, billions",
  parametersM: "parameters, millions",
  AP: "AP",
  boxAP: "box AP",
  maskAP: "mask AP",
  imagenetTop1: "ImageNet top-1",
};

/** More of a cost than this share is no rounding. */
const mostByRounding = 0.02;

/** The published numbers that contradict each other, of the same network at the same size, split and schedule. */
export async function loadDisagreements(): Promise<Disagreements> {
  return disagreementsAmong(await printedNumbers());
}

export function disagreementsAmong(numbers: readonly PrintedNumber[]): Disagreements {
  const groups = new Map<string, PrintedNumber[]>();
  for (const number of numbers) {
    const { detector, model, modelId, resolution, trained, quantity } = number;
    const key = JSON.stringify([detector, modelId ?? model, resolution, trained, quantity]);
    groups.set(key, [...(groups.get(key) ?? []), number]);
  }
  const disputed = [...groups.values()].filter((group) =>
    group.some(({ value }) => value !== group[0]!.value),
  );
  return { rows: disputed.flatMap((group) => rowsOf(group, numbers)), remarks: remarksOf(disputed) };
}

function rowsOf(group: readonly PrintedNumber[], all: readonly PrintedNumber[]): ResultsRow[] {
  const [first] = group;
  const { detector, model, resolution, trained, quantity, value } = first!;
  const values = [...new Set(group.map((number) => number.value))];
  return values.slice(1).map((otherValue) => ({
    model: resolution === null ? model : `${model} at ${resolution} px`,
    quantity: quantities[quantity] ?? quantity,
    setting: [detector, ...(trained === null ? [] : settingWords(trained))].join(", "),
    value,
    source: sourcesOf(group, value),
    otherValue,
    otherSource: sourcesOf(group, otherValue),
    // Both are printed with two decimals at most.
    difference: Number((otherValue - value).toFixed(2)),
    counted: countedHere(first!),
    remark: remarkOn(group, value, otherValue, all),
  }));
}

function settingWords({ split, epochs }: NonNullable<PrintedNumber["trained"]>): string[] {
  return epochs === null ? [split] : [split, `${epochs} epochs`];
}

function sourcesOf(group: readonly PrintedNumber[], value: number): string {
  const sources = group.filter((number) => number.value === value).map(({ source }) => source);
  return [...new Set(sources)].join("; ");
}

/** The document of "arXiv:1912.05027v3, Table 2". */
function documentOf(source: string): string {
  return source.split(",")[0]!;
}

function remarkOn(
  group: readonly PrintedNumber[],
  value: number,
  otherValue: number,
  all: readonly PrintedNumber[],
): string {
  const documents = (wanted: number): string[] =>
    group.filter((number) => number.value === wanted).map(({ source }) => documentOf(source));
  const cost = group[0]!.trained === null;
  if (cost && Math.abs(otherValue - value) > mostByRounding * value) {
    return "Too far apart for rounding: not the same network, though it has the same name.";
  }
  if (documents(otherValue).every((document) => documents(value).includes(document))) {
    const owner = all.find((number) => isOf(number, group[0]!, otherValue));
    const hint = owner === undefined ? "" : ` The second is what ${owner.source} gives ${owner.model}.`;
    return `The same authors print both, and do not say why.${hint}`;
  }
  return cost
    ? "Counted or rounded otherwise; no source says how."
    : "Another run or other code; no source says which.";
}

/** Whether a number is another network's of the same table, and the same as one in question. */
function isOf(
  number: PrintedNumber,
  { detector, model, quantity, trained, source }: PrintedNumber,
  value: number,
) {
  return (
    trained !== null &&
    number.value === value &&
    number.model !== model &&
    number.detector === detector &&
    number.quantity === quantity &&
    number.source === source
  );
}

/** What this project's own network costs, where it can be built and the number is a cost. */
function countedHere({ detector, modelId, resolution, quantity, trained }: PrintedNumber): number | null {
  if (trained !== null || modelId === null) return null;
  const costs =
    detector === "RetinaNet"
      ? publishedDetectorCosts(modelId, resolution)
      : detector === "classifier"
        ? publishedClassifierCosts(modelId, 1000)
        : null;
  if (costs === null) return null;
  return quantity === "parametersM" ? costs.parametersM : costs.multiplyAddsB;
}

function remarksOf(disputed: readonly (readonly PrintedNumber[])[]): Disagreements["remarks"] {
  const remarks: Partial<Record<ResultsTableName, Record<string, Record<string, string>>>> = {};
  for (const group of disputed) {
    for (const { shown, value } of group) {
      if (shown === null) continue;
      const { table, id, key } = shown;
      const others = [...new Set(group.map((number) => number.value))].filter((other) => other !== value);
      const said = others.map((other) => `${other} in ${sourcesOf(group, other)}`).join("; ");
      const ofTable = remarks[table] ?? {};
      remarks[table] = { ...ofTable, [id]: { ...ofTable[id], [key]: `Another number: ${said}` } };
    }
  }
  return remarks;
}
