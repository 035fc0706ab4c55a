import { type CostMeasure, costBy, shareOf } from "../../src/architecture/costs/shares.js";
import { type CostNode, type CostPart, costTree } from "../../src/architecture/costs/tree.js";
import { isModelName, modelByName } from "../../src/architecture/families/named.js";
import type { ModelOptions } from "../../src/architecture/families/options.js";
import type { ScaleData, ScaleRow, ShareRow } from "../../src/pageData/scale.js";
import { loadPublished } from "../records/publishedTables.js";

/** Each network at the size its AP was first printed at, and ResNets of the same table beside them. */
const compared = [
  "spinenet-49s",
  "spinenet-49",
  "spinenet-96",
  "spinenet-143",
  "spinenet-190",
  "spinenet-mobile-49xs",
  "spinenet-mobile-49s",
  "spinenet-mobile-49",
  "resnet-50-fpn",
  "resnet-101-fpn",
  "resnet-152-fpn",
] as const;

/**
 * Reads what was printed about the family, and counts our own networks beside it.
 *
 * @throws Error naming the file, row and column of a cell that cannot be read.
 */
export async function loadScale(): Promise<ScaleData> {
  const trees = compared.map((name) => costTree(modelByName(name)));
  return {
    spineNet: await spineNetRows(),
    mobile: (await loadPublished("mobile"))
      .filter(({ modelId }) => modelId !== null)
      .map((row) => ({
        ...scaled(row.modelId, row.resolution),
        model: row.model,
        parametersM: row.parametersM,
        multiplyAddsB: row.multiplyAddsB,
        AP: row.AP,
        source: row.source,
      })),
    shares: { multiplyAdds: sharesOf(trees, "multiplyAdds"), parameters: sharesOf(trees, "parameters") },
  };
}

/** A row a network and size, with the AP of both protocols. */
async function spineNetRows(): Promise<ScaleRow[]> {
  const detection = (await loadPublished("detection-test-dev")).filter(({ family }) => family === "SpineNet");
  const first = detection.filter(
    (row, index) =>
      detection.findIndex((other) => other.model === row.model && other.resolution === row.resolution) ===
      index,
  );
  const rows = first.map(({ model, modelId, resolution, parametersM, multiplyAddsB, source }): ScaleRow => {
    const AP = (protocol: string): number | null =>
      detection.find(
        (row) => row.model === model && row.resolution === resolution && row.protocol === protocol,
      )?.AP ?? null;
    return {
      // As the paper's Table 2 counts it: see publishedDetectorCosts.
      ...scaled(modelId, resolution, modelId === "spinenet-49s" ? { endpoints: 256 } : {}),
      model,
      parametersM,
      multiplyAddsB,
      APB: AP("B"),
      APC: AP("C"),
      source,
    };
  });
  const described: ScaleRow = {
    ...scaled("spinenet-49s", null),
    model: "SpineNet-49S, per its text",
    parametersM: null,
    multiplyAddsB: null,
    APB: null,
    APC: null,
    source: "arXiv:1912.05027v3, Section 4.1",
  };
  return [described, ...rows];
}

function scaled(modelId: string | null, resolution: number | null, options: ModelOptions = {}) {
  if (modelId === null || !isModelName(modelId)) {
    throw new Error(`there is no model "${modelId}": modelId must name a known model here`);
  }
  const model = modelByName(modelId, { ...options, ...(resolution === null ? {} : { size: resolution }) });
  const { backbone } = model;
  const tree = costTree(model);
  const finest = backbone.family === "mobile" ? 1 : 2;
  const width = (level: number): number => Math.trunc(backbone.widths[level]! * backbone.widthMultiplier);
  return {
    resolution: model.inputSize[0],
    repeats: backbone.repeats,
    widthMultiplier: backbone.widthMultiplier,
    widths: `${width(finest)} … ${width(7)}`,
    alpha: backbone.alpha,
    endpoints: backbone.endpointWidth,
    computedParametersM: tree.parameters.trainable / 1e6,
    computedMultiplyAddsB: tree.multiplyAdds / 1e9,
  };
}

function sharesOf(trees: readonly CostNode[], measure: CostMeasure): ShareRow[] {
  return trees.map((tree) => {
    const percent = (part: CostPart): number | null =>
      tree.children.some(({ id }) => id === part) ? 100 * shareOf(tree, part, measure) : null;
    return {
      model: tree.name,
      whole: costBy(tree, measure) / (measure === "parameters" ? 1e6 : 1e9),
      stem: percent("stem"),
      blocks: percent("blocks"),
      resampling: percent("resampling"),
      endpoints: percent("endpoints"),
      pyramid: percent("pyramid"),
      head: percent("head"),
    };
  });
}
