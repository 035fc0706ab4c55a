import * as aq from "arquero";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { featureGraphOf } from "../../../src/architecture/graph/featureGraph.js";
import { measureGraph } from "../../../src/architecture/graph/graphMeasures.js";
import { measureNames, networkMeasures } from "../../../src/architecture/graph/networkMeasures.js";
import { parseModel } from "../../../src/architecture/model/parseModel.js";
import { sampleArchitecture } from "../../../src/architecture/search/sampleArchitecture.js";
import type { SampledNetworks, SampledOutput, SearchData, Spread } from "../../../src/pageData/search.js";
import { loadPublished } from "../../records/publishedTables.js";
import { rowsOf } from "../rowsOf.js";

const seed = 1;
const count = 1000;
/** Epochs of the paper's protocol B (section 5.1). */
const protocolB = 350;

/**
 * Samples a thousand networks and measures them, and reads what was published about the search.
 *
 * @throws Error naming the file, row and column of a cell that cannot be read.
 */
export async function loadSearch(): Promise<SearchData> {
  const [universe] = await loadPublished("comparisons");
  const full = (await loadPublished("zoo-retinanet")).find(
    ({ modelId, epochs }) => modelId === "spinenet-49" && epochs === protocolB,
  );
  if (universe === undefined || full === undefined) {
    throw new Error(
      `data/reference: comparisons.csv needs a row, and zoo-retinanet.csv one of spinenet-49 after ${protocolB} epochs`,
    );
  }
  return {
    sampled: sampleNetworks(seed, count),
    setup: await loadPublished("search-setup"),
    samples: await loadPublished("search-samples"),
    universe,
    fullTraining: { epochs: full.epochs, source: full.source },
  };
}

/** Samples 1 to `count` of a seed, measured. */
export function sampleNetworks(seed: number, count: number): SampledNetworks {
  const networks = Array.from({ length: count }, (_, index) => {
    const model = sampleArchitecture(seed, index + 1);
    return descriptionOf(parseModel(model, model.name));
  });
  const measures = aq
    .from(networks.map(networkMeasures))
    .rollup(Object.fromEntries(measureNames.map((name) => [name, aq.op.array_agg(name)])));
  const outputs = aq
    .from(networks.flatMap((network) => measureGraph(featureGraphOf(network)).outputs))
    .fold(["shortestPath", "longestPath", "paths", "meanPath", "scales"], { as: ["measure", "value"] })
    .groupby("level", "measure")
    .rollup({
      low: aq.op.quantile("value", 0.05),
      median: aq.op.median("value"),
      high: aq.op.quantile("value", 0.95),
    })
    .derive({ spread: aq.escape(rounded) })
    .groupby("level")
    .rollup({ spreads: aq.op.object_agg("measure", "spread") });
  type Output = { readonly level: number; readonly spreads: Omit<SampledOutput, "level"> };
  return {
    seed,
    count,
    measures: rowsOf<SampledNetworks["measures"]>(measures)[0]!,
    outputs: rowsOf<Output>(outputs).map(({ level, spreads }) => ({ level, ...spreads })),
  };
}

function rounded({ low, median, high }: Spread): Spread {
  const hundredths = (value: number): number => Math.round(value * 100) / 100;
  return { low: hundredths(low), median: hundredths(median), high: hundredths(high) };
}
