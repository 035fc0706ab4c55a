import * as aq from "arquero";
import { type CostMeasure, costBy, shareOf } from "../../src/architecture/costs/costShares.js";
import { type CostNode, type CostPart, costTree } from "../../src/architecture/costs/costTree.js";
import { isModelName, modelByName } from "../../src/architecture/families/modelByName.js";
import type { ModelOptions } from "../../src/architecture/families/options.js";
import { scaledWidth } from "../../src/architecture/layers/widths.js";
import type { ScaleData, ScaleRow, ShareRow } from "../../src/pageData/scale.js";
import { loadPublished, type PublishedRow } from "../records/publishedTables.js";
import { rowsOf } from "./rowsOf.js";

/** Each network at the size its AP was first printed at, and the ResNets of the same table. */
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
 * Reads what was printed about the family, and computes the costs of our own networks.
 *
 * @throws Error naming the file, row and column of a cell that cannot be read.
 */
export async function loadScale(): Promise<ScaleData> {
  const trees = compared.map((name) => costTree(modelByName(name)));
  return {
    spineNet: await spineNetRows(),
    mobile: (await loadPublished("mobile"))
      .filter(({ modelId }) => modelId !== null)
      .map(({ AP, ...row }) => ({ ...scaled(row), parametersM: row.parametersM, AP })),
    shares: { multiplyAdds: sharesOf(trees, "multiplyAdds"), parameters: sharesOf(trees, "parameters") },
  };
}

/** A network as a table prints it, or as its text describes it. */
interface PrintedNetwork extends Pick<ScaleRow, "model" | "parametersM" | "multiplyAddsB" | "source"> {
  readonly modelId: string | null;
  readonly resolution: number | null;
}

/** One row per network and size, with the AP under both protocols. */
async function spineNetRows(): Promise<ScaleRow[]> {
  const detection = aq
    .from(await loadPublished("detection-test-dev"))
    .filter(aq.escape(({ family }: PublishedRow<"detection-test-dev">) => family === "SpineNet"));
  const precisions = detection
    .groupby("model", "resolution")
    .pivot({ protocol: "d => 'AP' + d.protocol" }, { AP: aq.op.any("AP") });
  type Row = PrintedNetwork & { readonly APB?: number; readonly APC?: number };
  const printed = rowsOf<Row>(detection.dedupe("model", "resolution").join_left(precisions));
  const described = {
    model: "SpineNet-49S, per its text",
    modelId: "spinenet-49s",
    resolution: null,
    parametersM: null,
    multiplyAddsB: null,
    source: "arXiv:1912.05027v3, Section 4.1",
  };
  return [
    { ...scaled(described), APB: null, APC: null },
    ...printed.map(({ APB = null, APC = null, ...row }) => ({
      // As the paper's Table 2 counts it: see publishedDetectorCosts.
      ...scaled(row, row.modelId === "spinenet-49s" ? { endpoints: 256 } : {}),
      APB,
      APC,
    })),
  ];
}

function scaled(
  { model: name, modelId, resolution, parametersM, multiplyAddsB, source }: PrintedNetwork,
  options: ModelOptions = {},
) {
  if (modelId === null || !isModelName(modelId)) {
    throw new Error(`there is no model "${modelId}": modelId must name a known model here`);
  }
  const model = modelByName(modelId, { ...options, size: resolution ?? undefined });
  const { backbone } = model;
  const tree = costTree(model);
  const finest = backbone.family === "mobile" ? 1 : 2;
  const width = (level: number): number => scaledWidth(backbone, level);
  return {
    model: name,
    resolution: model.inputSize[0],
    repeats: backbone.repeats,
    widthMultiplier: backbone.widthMultiplier,
    widths: `${width(finest)} … ${width(7)}`,
    alpha: backbone.alpha,
    endpoints: backbone.endpointWidth,
    parametersM,
    computedParametersM: tree.parameters.trainable / 1e6,
    multiplyAddsB,
    computedMultiplyAddsB: tree.multiplyAdds / 1e9,
    source,
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
