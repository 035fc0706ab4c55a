import { costsOf } from "../../../src/architecture/costs/costs.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import type { MeasuredGroup, RunDetails } from "../../../src/pageData/results.js";
import type { ResultsColumn, ResultsRow, ResultsTable } from "../../../src/pageData/resultsTable.js";
import type { RunRecord } from "../../records/record.js";
import { slug } from "./rows.js";

/** The names of COCO's twelve numbers, in pycocotools' order. */
const cocoStats = ["AP", "AP50", "AP75", "APS", "APM", "APL", "AR1", "AR10", "AR100", "ARS", "ARM", "ARL"];

/** More points than this, a small figure cannot show. */
const mostCurvePoints = 200;

/**
 * Sets runs on the same split of the same data side by side, in the order in which their data first occur.
 *
 * @param madeNow Ids of runs that were made for this page and are in no file.
 */
export function measuredGroups(
  records: readonly RunRecord[],
  madeNow: ReadonlySet<string> = new Set(),
): MeasuredGroup[] {
  const sourceOf = ({ id }: RunRecord): string =>
    madeNow.has(id) ? "trained while this site was built" : `data/runs/${id}.json`;
  const groups = new Map<string, RunRecord[]>();
  for (const record of records) {
    const kind = "stats" in record.metrics ? "detection" : "classification";
    const key = JSON.stringify([record.data.name, record.data.split, record.data.hash, kind]);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  const found = [...groups.values()];
  return found.map((group) => measuredGroup(group, titleAmong(found, group), sourceOf));
}

/** Data set and split, with the files' hash where other data of this page have the same two. */
function titleAmong(groups: readonly (readonly RunRecord[])[], group: readonly RunRecord[]): string {
  const nameOf = ([first]: readonly RunRecord[]): string =>
    `${first!.data.name}, ${first!.data.split}${"stats" in first!.metrics ? "" : ", classification"}`;
  const name = nameOf(group);
  const alike = groups.filter((other) => nameOf(other) === name);
  return alike.length === 1 ? name : `${name}, ${group[0]!.data.hash.slice(0, 8)}`;
}

type SourceOf = (record: RunRecord) => string;

function measuredGroup(records: readonly RunRecord[], title: string, sourceOf: SourceOf): MeasuredGroup {
  const { data } = records[0]!;
  const about =
    `${wholeNumber(data.images)} images, ${counted(data.categories.length, "category", "categories")}; ` +
    `files and annotations hash to ${data.hash.slice(0, 12)}.`;
  const rows = records.map((record) => runRow(record, sourceOf(record)));
  return {
    id: slug(title),
    title,
    about,
    comparison: { caption: `Networks compared on ${title}`, ...compared(records, rows, sourceOf) },
    runs: {
      caption: `Every run on ${title}`,
      about,
      columns: [
        text("run", "Run"),
        text("model", "Model"),
        setting("imagesSeen", "Images seen"),
        setting("seed", "Seed"),
        text("engine", "Engine"),
        ...metricNames(records).map((name) => measured(name, name)),
        text("source", "Source"),
      ],
      rows,
    },
    details: records.map(runDetails),
  };
}

function runRow(record: RunRecord, source: string): ResultsRow {
  return {
    id: record.id.toLowerCase(),
    name: `${record.title}, seed ${record.seed}`,
    run: record.title,
    model: record.model.name,
    imagesSeen: record.imagesSeen,
    seed: record.seed,
    engine: record.engine.name,
    ...metricsOf(record),
    source,
  };
}

function compared(
  records: readonly RunRecord[],
  rows: readonly ResultsRow[],
  sourceOf: SourceOf,
): Pick<ResultsTable, "about" | "columns" | "rows"> {
  const [main = "AP"] = metricNames(records);
  const studies = new Map<string, number[]>();
  records.forEach(({ kind, study, imagesSeen }, index) => {
    const key = JSON.stringify([kind, study, imagesSeen]);
    studies.set(key, [...(studies.get(key) ?? []), index]);
  });
  const once = [...studies.values()].every((indices) => indices.length === 1);
  const spread = [
    measured("mean", `${main}, mean`),
    measured("lowest", "lowest"),
    measured("highest", "highest"),
  ];
  return {
    about: once
      ? "One run each: how far another seed would land is not measured here."
      : "Runs of a study differ by their seed.",
    columns: [
      text("model", "Network"),
      text("study", "Study"),
      { key: "input", label: "Input", unit: "pixels", origin: "text" },
      computed("parametersM", "Parameters", "millions"),
      computed("multiplyAddsB", "Multiply-adds", "billions"),
      setting("imagesSeen", "Images seen"),
      setting("runs", "Runs"),
      ...(once ? [measured("mean", main)] : spread),
      text("source", "Source"),
    ],
    rows: [...studies.values()].map((indices) => {
      const { model, title, study, imagesSeen } = records[indices[0]!]!;
      const costs = costsOf(layersOf(model));
      const values = indices.map((index) => rows[index]![main]).filter((value) => typeof value === "number");
      return {
        id: slug(`${study}-${imagesSeen}`),
        name: title,
        // Not the model's name: a narrow SpineNet-49 is not the published one.
        model: title,
        study,
        input: model.inputSize.join(" × "),
        parametersM: costs.parameters.trainable / 1e6,
        multiplyAddsB: costs.multiplyAdds / 1e9,
        imagesSeen,
        runs: indices.length,
        mean: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
        // One run spreads over nothing: its own number twice would look like certainty.
        lowest: values.length < 2 ? null : Math.min(...values),
        highest: values.length < 2 ? null : Math.max(...values),
        source: indices.map((index) => sourceOf(records[index]!)).join(", "),
      };
    }),
  };
}

function metricNames(records: readonly RunRecord[]): string[] {
  return Object.keys(metricsOf(records[0]!));
}

/** In percent, as published tables print them; null where nothing could be measured. */
function metricsOf({ metrics }: RunRecord): Record<string, number | null> {
  if (!("stats" in metrics)) return { "Top-1": 100 * metrics.top1, "Top-5": 100 * metrics.top5 };
  const { stats } = metrics;
  return Object.fromEntries(
    cocoStats.map((name, index) => [name, stats[index]! < 0 ? null : 100 * stats[index]!]),
  );
}

function runDetails(record: RunRecord): RunDetails {
  const { data, engine, hardware } = record;
  const versions = Object.entries(engine.versions).map(([name, version]) => `${name} ${version}`);
  const trained =
    data.trainSplit === undefined ? null : `${data.trainSplit}, ${wholeNumber(data.trainImages ?? 0)} images`;
  const facts: [string, string | null][] = [
    ["Study", `${record.study} (${record.tier})`],
    ["Trained on", trained],
    ["Measured on", `${data.name}, ${data.split}, ${wholeNumber(data.images)} images`],
    ["Images seen", wholeNumber(record.imagesSeen)],
    ["Seed", String(record.seed)],
    ["Engine", [engine.name, ...versions].join(", ")],
    ["Computer", `${hardware.cpu}, ${hardware.cores} cores, ${hardware.memoryGiB} GiB, ${hardware.platform}`],
    ["Training time", record.trainingSeconds === 0 ? null : duration(record.trainingSeconds)],
    ["Code", record.commit],
    ["Finished", record.finished],
  ];
  return {
    id: record.id,
    title: record.title,
    facts: facts.flatMap(([term, value]): [string, string][] => (value === null ? [] : [[term, value]])),
    curve: thinned(record.curve).map(({ imagesSeen, loss, classLoss, boxLoss }) => ({
      imagesSeen,
      loss,
      classLoss,
      boxLoss,
    })),
    command: record.command,
  };
}

function thinned<Item>(items: readonly Item[]): readonly Item[] {
  const every = Math.ceil(items.length / mostCurvePoints);
  return items.filter((_, index) => index % every === 0 || index === items.length - 1);
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function counted(count: number, one: string, many: string): string {
  return `${wholeNumber(count)} ${count === 1 ? one : many}`;
}

function wholeNumber(value: number): string {
  return value.toLocaleString("en-US");
}

function text(key: string, label: string): ResultsColumn {
  return { key, label, origin: "text" };
}

function setting(key: string, label: string): ResultsColumn {
  return { key, label, origin: "setting", decimals: [0, 0] };
}

function measured(key: string, label: string): ResultsColumn {
  return { key, label, unit: "percent", origin: "measured", decimals: [1, 1], comparison: "difference" };
}

function computed(key: string, label: string, unit: string): ResultsColumn {
  return { key, label, unit, origin: "computed", decimals: [2, 2], comparison: "ratio" };
}
