import { summaryStats } from "../../../coco/summarise.js";
import type { BootstrapIntervals, PrecisionIntervals } from "../../../messages/evaluation.js";
import type { ResultsColumn } from "../../../pageData/resultsTable.js";
import { shownText } from "../../../text/shownText.js";
import { resultsTable } from "../../results/table.js";
import { type ComparedResults, orNull } from "./comparedResults.js";
import { meaningOf } from "./words.js";

const decimals = [3, 3] as const;

/** COCO's twelve numbers with what each is, of one results file, or of two with their difference. */
export function numbersTable(compared: readonly ComparedResults[]): HTMLElement {
  const [first, second] = compared;
  const columns: ResultsColumn[] = [
    { key: "name", label: "Number", origin: "text" },
    ...compared.map(({ letter }): ResultsColumn => {
      return { key: letter, label: compared.length > 1 ? letter : "Value", origin: "setting", decimals };
    }),
    ...(second === undefined
      ? []
      : [
          {
            key: "difference",
            label: `${second.letter} − ${first!.letter}`,
            origin: "setting",
            decimals,
          } as const,
        ]),
    { key: "meaning", label: "What it is the mean of", origin: "text" },
  ];
  const rows = summaryStats.map((line, index) => {
    const values = compared.map(({ measured }) => orNull(measured.stats[index]));
    const [a, b] = values;
    return {
      name: line.name,
      ...Object.fromEntries(compared.map(({ letter }, side) => [letter, values[side] ?? null])),
      difference: a == null || b == null ? null : b - a,
      meaning: meaningOf(line),
    };
  });
  const about =
    compared.length > 1
      ? compared.map(({ letter, name }) => `${letter} is ${shownText(name)}`).join(", ")
      : shownText(first?.name ?? "");
  return resultsTable(rows, {
    columns,
    caption: "The twelve numbers",
    about: `${about}. A dash: nothing to be found.`,
  });
}

/** How far AP and AP50 may be off, as a table. */
export function intervalsTable(
  { samples, level, sets, difference }: BootstrapIntervals,
  compared: readonly ComparedResults[],
): HTMLElement {
  const rowsOf = (what: string, { ap, ap50 }: PrecisionIntervals) =>
    [
      { name: "AP", interval: ap },
      { name: "AP50", interval: ap50 },
    ].map(({ name, interval }) => ({
      name,
      of: what,
      value: interval?.value ?? null,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      says: interval === null || what !== differenceName ? null : verdictOf(interval.low, interval.high),
    }));
  const differenceName = compared
    .map(({ letter }) => letter)
    .toReversed()
    .join(" − ");
  const rows = [
    ...sets.flatMap((set, side) => rowsOf(compared.length > 1 ? compared[side]!.letter : "", set)),
    ...(difference === null ? [] : rowsOf(differenceName, difference)),
  ];
  const percent = `${Math.round(level * 100)}%`;
  const columns: ResultsColumn[] = [
    { key: "name", label: "Number", origin: "text" },
    ...(compared.length > 1 ? [{ key: "of", label: "Of", origin: "text" } as const] : []),
    { key: "value", label: "Value", origin: "setting", decimals },
    { key: "low", label: "From", unit: percent, origin: "setting", decimals },
    { key: "high", label: "To", unit: percent, origin: "setting", decimals },
    ...(difference === null ? [] : [{ key: "says", label: "What it says", origin: "text" } as const]),
  ];
  return resultsTable(rows, {
    columns,
    caption: `${percent} intervals`,
    about: `Of ${samples.toLocaleString("en-US")} bootstrap samples of the images. They cover the choice of images alone, not that of a training seed.`,
  });
}

function verdictOf(low: number, high: number): string {
  if (low > 0) return "higher on such images";
  return high < 0 ? "lower on such images" : "could be either";
}
