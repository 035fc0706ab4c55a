import { describe, expect, it } from "vitest";
import { loadSearch } from "../../../../loaders/pages/search/loadSearch.js";
import {
  placeAmong,
  readersOf,
  sharedExtremes,
} from "../../../../src/components/search/measures/placeAmong.js";
import { pageNetworks } from "../../../../src/components/search/pageNetworks.js";

const { sampled } = await loadSearch();
const [spineNet] = pageNetworks();

describe("placeAmong(network, sampled)", () => {
  it("says a measure, its place among sampled networks, and their median", () => {
    const { value, place, median } = placeAmong(spineNet, sampled);
    expect([value("reach"), place("reach"), median("reach")]).toEqual([
      "2.81",
      "less than all 1,000 samples",
      "4.24",
    ]);
  });
});

describe("sharedExtremes(one, other)", () => {
  it("lists what is at the same end of both", () => {
    const one = { low: ["paths", "reach"], between: [], high: ["scales"] } as const;
    const other = { low: ["reach"], between: ["paths"], high: ["scales"] } as const;
    expect(sharedExtremes(one, other)).toEqual(["scales", "reach"]);
  });
});

describe("readersOf(network)", () => {
  it("counts blocks after the first two, and those that read one of the two before them", () => {
    const { all, near } = readersOf(spineNet);
    expect(all).toBe(15);
    expect(near).toBeLessThanOrEqual(all);
  });
});
