import "../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { outputTable } from "../../../src/components/search/outputTable.js";

const spread = { low: 1, median: 2, high: 3.5 };
const sampled = [3, 4].map((level) => {
  return { level, shortestPath: spread, longestPath: spread, paths: spread, scales: spread };
});

describe("the table of outputs", () => {
  it("has a group of rows a measure: each network, then the sampled ones' median and range", () => {
    const table = outputTable(
      [descriptionOf(modelByName("spinenet-49"))],
      sampled,
      "From the input to each output",
    );
    const rows = [...table.querySelectorAll("tr")].map((row) => {
      return [...row.querySelectorAll("th, td")].map(({ textContent }) => textContent);
    });
    expect(rows).toEqual([
      ["network", "P3", "P4"],
      ["Shortest path, in blocks"],
      ["SpineNet-49", "4", "4"],
      ["sampled, median", "2 1–3.5", "2 1–3.5"],
      ["Longest path, in blocks"],
      ["SpineNet-49", "10", "10"],
      ["sampled, median", "2 1–3.5", "2 1–3.5"],
      ["Paths"],
      ["SpineNet-49", "44", "46"],
      ["sampled, median", "2 1–3.5", "2 1–3.5"],
      ["Levels seen"],
      ["SpineNet-49", "6", "6"],
      ["sampled, median", "2 1–3.5", "2 1–3.5"],
    ]);
  });
});
