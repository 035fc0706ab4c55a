import { modelCosts, publishedClassifierCosts, publishedDetectorCosts } from "./records/modelCosts.js";
import { loadPublished, type PublishedRow } from "./records/publishedTables.js";
import { readRecords } from "./records/records.js";
import { type MeasuredGroup, measuredGroups } from "./resultsRuns.js";
import { layouts, type ResultsRow, type ResultsTable, type ResultsTableName } from "./resultsTables.js";
import { type MissingRun, studyRuns } from "./training/studyRuns.js";
import type { TierLimit } from "./training/tier.js";

/** A number worth large type. */
export interface Headline {
  readonly value: string;
  readonly label: string;
  readonly source: string;
}

/** A point of the figure of average precision against multiply-adds. */
export interface ScatterPoint {
  readonly model: string;
  readonly label: string;
  readonly family: string;
  readonly series: string;
  readonly multiplyAddsB: number;
  readonly AP: number;
  readonly detail: string;
}

/** Everything /results shows. */
export interface ResultsData {
  readonly headlines: readonly Headline[];
  readonly scatter: readonly ScatterPoint[];
  readonly tables: Readonly<Record<ResultsTableName, ResultsTable>>;
  /** This project's own runs, those on the same data together. */
  readonly measured: readonly MeasuredGroup[];
  /** Studies that nobody has run yet. */
  readonly missing: readonly MissingRun[];
}

type DetectionRow = PublishedRow<"detection-test-dev">;

const imageNetClasses = 1000;
const iNaturalistClasses = 5089;

/**
 * Reads the published numbers, counts our own models beside them and gathers this project's runs.
 *
 * @param limit Up to which tier a study without a record is run on the spot.
 * @throws Error naming the file, row and column of a cell that cannot be read.
 */
export async function loadResults(limit: TierLimit = "none"): Promise<ResultsData> {
  const detection = await loadPublished("detection-test-dev");
  const permuting = await loadPublished("permuting-resnet");
  const classification = await loadPublished("classification");
  const mobile = await loadPublished("mobile");
  const runs = await studyRuns(await readRecords(), limit);
  const table = (name: ResultsTableName, rows: readonly ResultsRow[]): ResultsTable => ({
    ...layouts[name],
    rows,
  });
  return {
    headlines: headlinesOf(detection, permuting, classification),
    scatter: detection.map(scatterPoint),
    tables: {
      detection: table("detection", detection.map(withDetectorCosts)),
      permuting: table("permuting", permuting.map(withDetectorCosts)),
      fixedOrders: table("fixedOrders", await loadPublished("fixed-orders")),
      graphDamage: table("graphDamage", await loadPublished("graph-damage")),
      masks: table("masks", await loadPublished("mask-rcnn")),
      classification: table("classification", classification.map(withClassifierCosts)),
      improvedClassification: table(
        "improvedClassification",
        (await loadPublished("classification-improved")).map(withClassifierCosts),
      ),
      crops: table("crops", await loadPublished("classification-crops")),
      mobile: table("mobile", mobile.map(withDetectorCosts)),
      latency: table("latency", await loadPublished("latency")),
      zooRetinaNet: table("zooRetinaNet", await loadPublished("zoo-retinanet")),
      zooMaskRcnn: table("zooMaskRcnn", await loadPublished("zoo-mask-rcnn")),
      modelGarden: table("modelGarden", await loadPublished("model-garden")),
      selfTraining: table("selfTraining", await loadPublished("self-training")),
      claims: table("claims", await loadPublished("claims")),
      costs: table("costs", costRows([...detection, ...permuting, ...mobile])),
    },
    measured: measuredGroups(runs.records, runs.madeNow),
    missing: runs.missing,
  };
}

interface CostedRow {
  readonly model: string;
  readonly modelId: string | null;
  readonly resolution?: number | null;
  readonly multiplyAddsB: number;
  readonly parametersM?: number;
  readonly source: string;
}

function withDetectorCosts<Row extends CostedRow>(row: Row) {
  if (row.modelId === null) return { ...row, computedParametersM: null, computedMultiplyAddsB: null };
  const costs = publishedDetectorCosts(row.modelId, row.resolution ?? null);
  return { ...row, computedParametersM: costs.parametersM, computedMultiplyAddsB: costs.multiplyAddsB };
}

function withClassifierCosts<Row extends { readonly modelId: string | null }>(row: Row) {
  const costs = (classes: number) =>
    row.modelId === null ? null : publishedClassifierCosts(row.modelId, classes);
  return {
    ...row,
    computedMultiplyAddsB: costs(imageNetClasses)?.multiplyAddsB ?? null,
    computedImagenetParametersM: costs(imageNetClasses)?.parametersM ?? null,
    computedInaturalistParametersM: costs(iNaturalistClasses)?.parametersM ?? null,
  };
}

/** Each model and size once, as first printed, and SpineNet-49S again as the paper's text describes it. */
function costRows(published: readonly CostedRow[]): ResultsRow[] {
  const rows = new Map<string, ResultsRow>();
  for (const { model, modelId, resolution = 640, multiplyAddsB, parametersM = null, source } of published) {
    const key = `${modelId} ${resolution}`;
    if (modelId === null || rows.has(key)) continue;
    const costs = publishedDetectorCosts(modelId, resolution);
    rows.set(key, {
      model,
      resolution,
      parametersM,
      computedParametersM: costs.parametersM,
      parametersDifference: percentMore(costs.parametersM, parametersM),
      multiplyAddsB,
      computedMultiplyAddsB: costs.multiplyAddsB,
      multiplyAddsDifference: percentMore(costs.multiplyAddsB, multiplyAddsB),
      source,
    });
  }
  const described = modelCosts("spinenet-49s");
  rows.set("described", {
    model: "SpineNet-49S, endpoints of 128 channels",
    resolution: 640,
    parametersM: null,
    computedParametersM: described.parametersM,
    parametersDifference: null,
    multiplyAddsB: null,
    computedMultiplyAddsB: described.multiplyAddsB,
    multiplyAddsDifference: null,
    source: "arXiv:1912.05027v3, Section 4.1",
  });
  return [...rows.values()];
}

function percentMore(value: number, than: number | null): number | null {
  return than === null ? null : (100 * (value - than)) / than;
}

function scatterPoint(row: DetectionRow): ScatterPoint {
  const { model, family, resolution, multiplyAddsB, AP, parametersM, protocol, source } = row;
  return {
    model: `${model} at ${resolution} px`,
    // SpineNet-49 is the one model printed at two sizes.
    label: model.replace("SpineNet-", "") + (model === "SpineNet-49" ? `@${resolution}` : ""),
    family,
    series: `protocol ${protocol}`,
    multiplyAddsB,
    AP,
    detail: `${parametersM.toFixed(1)}M parameters · ${source}`,
  };
}

function headlinesOf(
  detection: readonly DetectionRow[],
  permuting: readonly PublishedRow<"permuting-resnet">[],
  classification: readonly PublishedRow<"classification">[],
): Headline[] {
  const detector = (model: string, protocol: string, resolution: number): DetectionRow =>
    only(detection, `${model} at ${resolution} px under protocol ${protocol}`, (row) => {
      return row.model === model && row.protocol === protocol && row.resolution === resolution;
    });
  const spineNet = detector("SpineNet-49", "B", 640);
  const resNet = detector("R50-FPN", "B", 640);
  const permuted = only(permuting, "R0-SP53", ({ model }) => model === "R0-SP53");
  const unpermuted = only(permuting, "R50-FPN", ({ model }) => model === "R50-FPN");
  const classifier = only(classification, "SpineNet-49", ({ model }) => model === "SpineNet-49");
  const baseline = only(classification, "ResNet-50", ({ model }) => model === "ResNet-50");
  const best = detection.reduce((a, b) => (b.AP > a.AP ? b : a));
  const twins = `${spineNet.model} against ${resNet.model}, RetinaNet at ${spineNet.resolution} px, protocol ${spineNet.protocol}`;
  return [
    {
      value: `${signed(spineNet.AP - resNet.AP)} AP`,
      label: `${twins}: ${spineNet.AP.toFixed(1)} and ${resNet.AP.toFixed(1)} on COCO test-dev`,
      source: spineNet.source,
    },
    {
      value: `${signed(percentMore(spineNet.multiplyAddsB, resNet.multiplyAddsB)!)}% multiply-adds`,
      label: `${twins}: ${spineNet.multiplyAddsB.toFixed(1)}B and ${resNet.multiplyAddsB.toFixed(1)}B`,
      source: spineNet.source,
    },
    {
      value: `${signed(permuted.AP - unpermuted.AP)} AP`,
      label: `by permuting ResNet-50's blocks alone (${permuted.model} against ${unpermuted.model}), on COCO val2017`,
      source: permuted.source,
    },
    {
      value: `${signed(classifier.inaturalistTop1 - baseline.inaturalistTop1)} points top-1`,
      label: `${classifier.model} against ${baseline.model} on iNaturalist 2017: ${classifier.inaturalistTop1.toFixed(1)} and ${baseline.inaturalistTop1.toFixed(1)}`,
      source: classifier.source,
    },
    {
      value: `${best.AP.toFixed(1)} AP`,
      label: `${best.model}, the largest: RetinaNet at ${best.resolution} px, protocol ${best.protocol}, on COCO test-dev`,
      source: best.source,
    },
  ];
}

function only<Row>(rows: readonly Row[], name: string, matches: (row: Row) => boolean): Row {
  const found = rows.filter(matches);
  if (found.length !== 1)
    throw new Error(`data/reference has ${found.length} rows for ${name}, where one is needed`);
  return found[0]!;
}

/** One decimal, with a plus or a true minus sign. */
function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
}
