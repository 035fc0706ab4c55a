import { quantileSorted } from "d3";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { featureGraphOf } from "../../../src/architecture/graph/featureGraph.js";
import { measureGraph, type OutputMeasures } from "../../../src/architecture/graph/graphMeasures.js";
import { type MeasureName, networkMeasures } from "../../../src/architecture/graph/networkMeasures.js";
import { parseModel } from "../../../src/architecture/model/parseModel.js";
import { sampleArchitecture } from "../../../src/architecture/search/sampleArchitecture.js";
import type { SampledNetworks, SearchData, Spread } from "../../../src/pageData/search.js";
import { loadPublished } from "../../records/publishedTables.js";

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
    const description = descriptionOf(parseModel(model, model.name));
    return {
      measures: networkMeasures(description),
      outputs: measureGraph(featureGraphOf(description)).outputs,
    };
  });
  const column = (name: MeasureName): number[] => networks.map(({ measures }) => measures[name]);
  return {
    seed,
    count,
    measures: {
      multiplyAdds: column("multiplyAdds"),
      parameters: column("parameters"),
      shortestPath: column("shortestPath"),
      meanPath: column("meanPath"),
      longestPath: column("longestPath"),
      paths: column("paths"),
      scales: column("scales"),
      reach: column("reach"),
      coarserInOrder: column("coarserInOrder"),
      finerInOrder: column("finerInOrder"),
      coarserOnPath: column("coarserOnPath"),
      finerOnPath: column("finerOnPath"),
    },
    outputs: networks[0]!.outputs.map(({ level }, index) => {
      const spread = (of: (output: OutputMeasures) => number): Spread =>
        spreadOf(networks.map(({ outputs }) => of(outputs[index]!)));
      return {
        level,
        shortestPath: spread(({ shortestPath }) => shortestPath),
        longestPath: spread(({ longestPath }) => longestPath),
        paths: spread(({ paths }) => paths),
        meanPath: spread(({ meanPath }) => meanPath),
        scales: spread(({ scales }) => scales),
      };
    }),
  };
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(quantileSorted(sorted, share)! * 100) / 100;
  return { low: at(0.05), median: at(0.5), high: at(0.95) };
}
