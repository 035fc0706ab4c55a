import { beforeAll, describe, expect, it } from "vitest";
import { loadSearch, sampleNetworks } from "../../../../loaders/pages/search/loadSearch.js";
import { descriptionOf } from "../../../../src/architecture/costs/description.js";
import { type ModelName, modelByName } from "../../../../src/architecture/families/modelByName.js";
import { featureGraphOf } from "../../../../src/architecture/graph/featureGraph.js";
import { measureGraph } from "../../../../src/architecture/graph/graphMeasures.js";
import {
  type MeasureName,
  measureNames,
  networkMeasures,
} from "../../../../src/architecture/graph/networkMeasures.js";
import { sampleArchitecture } from "../../../../src/architecture/search/sampleArchitecture.js";
import type { SearchData } from "../../../../src/pageData/search.js";

let search: SearchData;
beforeAll(async () => {
  search = await loadSearch();
}, 120_000);

describe("the sampled networks", () => {
  it("are a thousand, each with every measure", () => {
    expect([search.sampled.seed, search.sampled.count]).toEqual([1, 1000]);
    for (const name of measureNames) {
      expect(search.sampled.measures[name]).toHaveLength(1000);
      expect(search.sampled.measures[name].every(Number.isFinite)).toBe(true);
    }
  });

  it("stand in the order of their numbers, so that any can be drawn again", () => {
    const again = networkMeasures(descriptionOf(sampleArchitecture(1, 417)));
    for (const name of measureNames) expect(search.sampled.measures[name][416]).toBe(again[name]);
  });

  it("are other ones under another seed", () => {
    expect(sampleNetworks(2, 3).measures).not.toEqual(sampleNetworks(1, 3).measures);
  });

  it("have a low, a median and a high for each output and measure", () => {
    expect(search.sampled.outputs.map(({ level }) => level)).toEqual([3, 4, 5, 6, 7]);
    for (const { level, ...spreads } of search.sampled.outputs) {
      for (const { low, median, high } of Object.values(spreads)) {
        expect([low, median, high].toSorted((a, b) => a - b)).toEqual([low, median, high]);
        expect(low).toBeGreaterThanOrEqual(1);
      }
      expect(level).toBeGreaterThan(2);
    }
  });

  it("of three, have the middle one as median", () => {
    const paths = [1, 2, 3].map((number) => {
      return measureGraph(featureGraphOf(descriptionOf(sampleArchitecture(1, number)))).outputs[0]!.paths;
    });
    expect(sampleNetworks(1, 3).outputs[0]!.paths.median).toBe(paths.toSorted((a, b) => a - b)[1]);
  });
});

describe("what the page's text says of SpineNet-49 among them", () => {
  const standing = (model: ModelName, name: MeasureName): number => {
    const own = networkMeasures(descriptionOf(modelByName(model)))[name];
    const values = search.sampled.measures[name];
    const [below, equal] = [
      values.filter((value) => value < own).length,
      values.filter((value) => value === own).length,
    ];
    return (below + equal / 2) / values.length;
  };

  it.each<MeasureName>(["shortestPath", "meanPath", "longestPath", "paths", "scales"])(
    "its %s is among the highest twentieth",
    (name) => {
      expect(standing("spinenet-49", name)).toBeGreaterThan(0.95);
    },
  );

  it("its connections reach less far back than those of any", () => {
    expect(standing("spinenet-49", "reach")).toBe(0);
  });

  it.each<MeasureName>(["multiplyAdds", "coarserInOrder", "finerInOrder", "finerOnPath"])(
    "its %s is ordinary",
    (name) => {
      expect(standing("spinenet-49", name)).toBeGreaterThan(0.2);
      expect(standing("spinenet-49", name)).toBeLessThan(0.8);
    },
  );

  it.each<MeasureName>(["shortestPath", "meanPath", "longestPath", "paths"])(
    "R0-SP53, which another search found, has a high %s too",
    (name) => {
      expect(standing("r0-sp53", name)).toBeGreaterThan(0.95);
    },
  );
});

describe("what was published about the search", () => {
  it("is told as given, and what was not as nothing", () => {
    const missing = search.setup.filter(({ given }) => given === null).map(({ item }) => item);
    expect(missing).toEqual([
      "Learning algorithm",
      "Size and learning rate",
      "Days or TPU hours",
      "Networks drawn at random",
    ]);
    // The proxy: 5 epochs at 512 pixels.
    const value = (item: string) => search.setup.find((row) => row.item === item)?.value;
    expect(value("Training")).toBe(5);
    expect(value("Input")).toBe(512);
  });

  it("repeats each value in the words beside it", () => {
    for (const { given, value } of search.setup) {
      if (value !== null) expect(given?.replaceAll(",", "")).toContain(String(value));
    }
  });

  it("has the samples until SpineNet-49, the training it then got, and the age of the universe", () => {
    expect(search.samples.find(({ modelId }) => modelId === "spinenet-49")?.samples).toBe(14_000);
    expect(search.fullTraining.epochs).toBe(350);
    expect([search.universe.value, search.universe.unit]).toEqual([13.787, "billion years"]);
  });
});
