import { describe, expect, it } from "vitest";
import { loadPermute } from "../../../loaders/pages/permute.js";
import { presetNames } from "../../../src/architecture/families/presets.js";

const { published } = await loadPermute();

describe("what the paper prints of each network on the page", () => {
  it("is Table 2 at the network's own size, under protocol B where there is one", () => {
    expect(published["spinenet-49"]).toEqual({
      model: "SpineNet-49",
      multiplyAddsB: 85.4,
      parametersM: 28.5,
      AP: 42.8,
      measured: "COCO test-dev, protocol B",
      source: "arXiv:1912.05027v3, Table 2",
    });
    // At 1024 px, where the smaller ones have 640; 190 was trained under protocol C only.
    expect(published["spinenet-96"]?.multiplyAddsB).toBe(265.4);
    expect(published["spinenet-190"]).toMatchObject({ AP: 52.1, measured: "COCO test-dev, protocol C" });
  });

  it("is Table 3 for networks halfway, Table 8 for damaged graphs, Table 9 for mobile ones", () => {
    expect(published["r0-sp53"]).toMatchObject({ multiplyAddsB: 95.2, parametersM: null, AP: 40.7 });
    expect([
      published["r0-sp53-no-short"],
      published["r0-sp53-no-long"],
      published["r0-sp53-sequential"],
    ]).toMatchObject([{ AP: 35.8, multiplyAddsB: null }, { AP: 28.6 }, { AP: 28.2 }]);
    expect(published["spinenet-mobile-49"]).toMatchObject({ multiplyAddsB: 1, parametersM: 2.32, AP: 28.6 });
  });

  it("is there for all of them", () => {
    expect(presetNames.filter((name) => published[name] === undefined)).toEqual([]);
  });
});
