import * as aq from "arquero";
import { summaryStats } from "../../../src/coco/summarise.js";
import { computed, percent, setting, text } from "../../../src/pageData/columns.js";
import type { MeasuredGroup } from "../../../src/pageData/results.js";
import type { ResultsColumn, ResultsRow, ResultsTable } from "../../../src/pageData/resultsTable.js";
import { costsOfModel } from "../../records/modelCosts.js";
import type { RunRecord } from "../../records/record.js";
import { rowsOf } from "../rowsOf.js";
import { ratio } from "./columns.js";
import { slug } from "./rows.js";
import { runDetails, wholeNumber } from "./runDetails.js";

/** The names of COCO's twelve numbers, written as in the paper's tables. */
const cocoStats = summaryStats.map(({ name }) => name.toUpperCase());

/** A run with the source that the page names for it. */
interface SourcedRun {
  readonly record: RunRecord;
  readonly source: string;
}

/**
 * Groups runs on the same split of the same data, in the order in which their data first occur.
 *
 * @param madeNow Ids of runs that were made for this page and are in no file.
 */
export function measuredGroups(
  records: readonly RunRecord[],
  madeNow: ReadonlySet<string> = new Set(),
): MeasuredGroup[] {
  const runs = records.map((record) => ({
    run: {
      record,
      source: madeNow.has(record.id) ? "trained while this site was built" : `data/runs/${record.id}.json`,
    },
    name: `${record.data.name}, ${record.data.split}${"stats" in record.metrics ? "" : ", classification"}`,
    hash: record.data.hash,
  }));
  const groups = aq
    .from(runs, ["run", "name", "hash"])
    .groupby("name", "hash")
    .rollup({ runs: aq.op.array_agg("run") })
    .groupby("name")
    .derive({ versions: aq.op.count() });
  type Group = { name: string; hash: string; runs: readonly SourcedRun[]; versions: number };
  return rowsOf<Group>(groups).map(({ name, hash, runs, versions }) =>
    // The hash tells data apart that have the same name and split.
    measuredGroup(runs, versions === 1 ? name : `${name}, ${hash.slice(0, 8)}`),
  );
}

function measuredGroup(runs: readonly SourcedRun[], title: string): MeasuredGroup {
  const { record } = runs[0]!;
  const { data } = record;
  const about =
    `${wholeNumber(data.images)} images, ` +
    `${wholeNumber(data.categories.length)} ${data.categories.length === 1 ? "category" : "categories"}; ` +
    `files and annotations hash to ${data.hash.slice(0, 12)}.`;
  return {
    id: slug(title),
    title,
    about,
    comparison: { caption: `Networks compared on ${title}`, ...compared(runs, metricNames(record)[0]!) },
    runs: {
      caption: `Every run on ${title}`,
      about,
      columns: [
        text("run", "Run"),
        text("model", "Model"),
        setting("imagesSeen", "Images seen", undefined, [0, 0]),
        setting("seed", "Seed", undefined, [0, 0]),
        text("engine", "Engine"),
        ...metricNames(record).map((name) => measured(name, name)),
        text("source", "Source"),
      ],
      rows: runs.map(runRow),
    },
    details: runs.map(({ record }) => runDetails(record)),
  };
}

function runRow({ record, source }: SourcedRun): ResultsRow {
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

/** The runs of each study taken together: one row per study and training length, with the spread of a metric. */
function compared(
  runs: readonly SourcedRun[],
  metric: string,
): Pick<ResultsTable, "about" | "columns" | "rows"> {
  const studies = aq
    .from(
      runs.map(({ record, source }) => ({
        record,
        kind: record.kind,
        study: record.study,
        imagesSeen: record.imagesSeen,
        value: metricsOf(record)[metric],
        source,
      })),
    )
    .groupby("kind", "study", "imagesSeen")
    .rollup({
      record: aq.op.any("record"),
      runs: aq.op.count(),
      measured: aq.op.valid("value"),
      mean: aq.op.mean("value"),
      lowest: aq.op.min("value"),
      highest: aq.op.max("value"),
      sources: aq.op.array_agg("source"),
    });
  const rows = rowsOf<ComparedStudy>(studies).map(studyRow);
  const once = rows.every(({ runs }) => runs === 1);
  const spread = [
    measured("mean", `${metric}, mean`),
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
      text("input", "Input", "pixels"),
      ratio(computed("parametersM", "Parameters", "millions", [2, 2])),
      ratio(computed("multiplyAddsB", "Multiply-adds", "billions", [2, 2])),
      setting("imagesSeen", "Images seen", undefined, [0, 0]),
      setting("runs", "Runs", undefined, [0, 0]),
      ...(once ? [measured("mean", metric)] : spread),
      text("source", "Source"),
    ],
    rows,
  };
}

interface ComparedStudy {
  /** Of its first run. */
  readonly record: RunRecord;
  readonly runs: number;
  /** Runs that measured the metric; without any, there is no mean. */
  readonly measured: number;
  readonly mean?: number;
  readonly lowest?: number;
  readonly highest?: number;
  readonly sources: readonly string[];
}

function studyRow({ record, runs, measured, mean, lowest, highest, sources }: ComparedStudy): ResultsRow {
  const { model, title, study, imagesSeen } = record;
  return {
    id: slug(`${study}-${imagesSeen}`),
    name: title,
    // Not the model's name: a narrow SpineNet-49 is not the published one.
    model: title,
    study,
    input: model.inputSize.join(" × "),
    ...costsOfModel(model),
    imagesSeen,
    runs,
    mean: mean ?? null,
    // One run has no spread: its own number twice would look like certainty.
    lowest: measured < 2 ? null : (lowest ?? null),
    highest: measured < 2 ? null : (highest ?? null),
    source: sources.join(", "),
  };
}

function metricNames(record: RunRecord): string[] {
  return Object.keys(metricsOf(record));
}

/** In percent, as published tables print them; null where nothing could be measured. */
function metricsOf({ metrics }: RunRecord): Record<string, number | null> {
  if (!("stats" in metrics)) return { "Top-1": 100 * metrics.top1, "Top-5": 100 * metrics.top5 };
  const { stats } = metrics;
  return Object.fromEntries(
    cocoStats.map((name, index) => [name, stats[index]! < 0 ? null : 100 * stats[index]!]),
  );
}

function measured(key: string, label: string): ResultsColumn {
  return percent(key, label, "measured");
}
