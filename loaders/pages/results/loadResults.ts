import * as aq from "arquero";
import type { ResultsData, ResultsTableName, ScatterPoint } from "../../../src/pageData/results.js";
import type { ResultsRow, ResultsTable } from "../../../src/pageData/resultsTable.js";
import {
  type ModelCosts,
  modelCosts,
  publishedClassifierCosts,
  publishedDetectorCosts,
} from "../../records/modelCosts.js";
import { loadPublished, type PublishedRow } from "../../records/publishedTables.js";
import { readRecords } from "../../records/records.js";
import type { TierLimit } from "../../training/buildTier.js";
import { studyRuns } from "../../training/studyRuns.js";
import { loadHeadlines, percentMore } from "../overview.js";
import { rowsOf } from "../rowsOf.js";
import { loadDisagreements } from "./disagreements.js";
import { named, rowId } from "./rows.js";
import { measuredGroups } from "./runs.js";
import { layouts } from "./tables.js";

type DetectionRow = PublishedRow<"detection-test-dev">;

const imageNetClasses = 1000;
const iNaturalistClasses = 5089;

/**
 * Reads the published numbers, computes the costs of our own models and gathers this project's runs.
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
  const disagreements = await loadDisagreements();
  const table = <Row extends ResultsRow>(
    name: ResultsTableName,
    rows: readonly Row[],
  ): ResultsTable<Row> => ({
    ...layouts[name],
    rows,
    remarks: disagreements.remarks[name],
  });
  const networks = (name: ResultsTableName, rows: readonly ResultsRow[]) => table(name, named(rows));
  return {
    headlines: await loadHeadlines(),
    scatter: detection.map(scatterPoint),
    tables: {
      detection: networks("detection", detection.map(withDetectorCosts)),
      permuting: networks("permuting", permuting.map(withDetectorCosts)),
      fixedOrders: networks("fixedOrders", await loadPublished("fixed-orders")),
      graphDamage: networks("graphDamage", await loadPublished("graph-damage")),
      masks: networks("masks", await loadPublished("mask-rcnn")),
      classification: networks("classification", classification.map(withClassifierCosts)),
      improvedClassification: networks(
        "improvedClassification",
        (await loadPublished("classification-improved")).map(withClassifierCosts),
      ),
      crops: networks("crops", await loadPublished("classification-crops")),
      classificationData: table("classificationData", await loadPublished("classification-data")),
      mobile: networks("mobile", mobile.map(withDetectorCosts)),
      latency: networks("latency", await loadPublished("latency")),
      zooRetinaNet: networks("zooRetinaNet", await loadPublished("zoo-retinanet")),
      zooMaskRcnn: networks("zooMaskRcnn", await loadPublished("zoo-mask-rcnn")),
      modelGarden: networks("modelGarden", await loadPublished("model-garden")),
      selfTraining: networks("selfTraining", await loadPublished("self-training")),
      disagreements: table("disagreements", disagreements.rows),
      claims: table("claims", await loadPublished("claims")),
      costs: networks("costs", costRows([...detection, ...permuting, ...mobile])),
    },
    measured: measuredGroups(runs.records, runs.madeNow),
    missing: runs.missing,
  };
}

interface CostedRow {
  readonly model: string;
  readonly modelId: string | null;
  readonly resolution?: number | null;
  readonly multiplyAddsB: number | null;
  readonly parametersM?: number | null;
  readonly source: string;
}

function withDetectorCosts<Row extends CostedRow>(row: Row) {
  const costs = row.modelId === null ? null : publishedDetectorCosts(row.modelId, row.resolution ?? null);
  return {
    ...row,
    computedParametersM: costs?.parametersM ?? null,
    computedMultiplyAddsB: costs?.multiplyAddsB ?? null,
  };
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
  const first = aq
    .from(published.map(({ resolution = 640, ...row }) => ({ ...row, resolution })))
    .filter("d => d.modelId !== null")
    .dedupe("modelId", "resolution");
  const described = {
    model: "SpineNet-49S, endpoints of 128 channels",
    resolution: 640,
    multiplyAddsB: null,
    source: "arXiv:1912.05027v3, Section 4.1",
  };
  return [
    ...rowsOf<CostedRow & { readonly modelId: string }>(first).map((row) =>
      costRow(row, publishedDetectorCosts(row.modelId, row.resolution ?? null)),
    ),
    costRow(described, modelCosts("spinenet-49s")),
  ];
}

function costRow(
  { model, resolution = null, parametersM = null, multiplyAddsB, source }: Omit<CostedRow, "modelId">,
  costs: ModelCosts,
): ResultsRow {
  return {
    model,
    resolution,
    parametersM,
    computedParametersM: costs.parametersM,
    parametersDifference: percentMore(costs.parametersM, parametersM),
    multiplyAddsB,
    computedMultiplyAddsB: costs.multiplyAddsB,
    multiplyAddsDifference: percentMore(costs.multiplyAddsB, multiplyAddsB),
    source,
  };
}

function scatterPoint(row: DetectionRow): ScatterPoint {
  const { model, family, resolution, multiplyAddsB, AP, parametersM, protocol, source } = row;
  return {
    id: rowId(row),
    model: `${model} at ${resolution} px`,
    // SpineNet-49 is the one model printed at two sizes.
    label: model.replace("SpineNet-", "") + (model === "SpineNet-49" ? `@${resolution}` : ""),
    family,
    series: `protocol ${protocol}`,
    multiplyAddsB,
    parametersM,
    AP,
    source,
  };
}
