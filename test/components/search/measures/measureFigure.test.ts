import "../../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../../src/architecture/costs/description.js";
import { modelByName } from "../../../../src/architecture/families/modelByName.js";
import { measureNames } from "../../../../src/architecture/graph/networkMeasures.js";
import { comparedNetworks } from "../../../../src/components/search/comparedNetworks.js";
import { measureFigure } from "../../../../src/components/search/measures/measureFigure.js";
import { measureTable } from "../../../../src/components/search/measures/measureTable.js";

const networks = comparedNetworks([
  descriptionOf(modelByName("spinenet-49")),
  descriptionOf(modelByName("resnet-50-fpn")),
]);
const values = Array.from({ length: 101 }, (_, index) => index);
const among = {
  multiplyAdds: values,
  parameters: values,
  shortestPath: values,
  meanPath: values,
  longestPath: values,
  paths: values,
  scales: values,
  reach: values,
  coarserInOrder: values,
  finerInOrder: values,
  coarserOnPath: values,
  finerOnPath: values,
};

describe("the figure of measures", () => {
  it("has a histogram a measure, each saying what it is and where networks stand", () => {
    const figure = measureFigure(["longestPath", "reach"], among, networks, { width: 800, caption: "How." });
    const labels = [...figure.querySelectorAll("svg")].map((svg) => svg.getAttribute("aria-label"));
    expect(labels).toEqual([
      "Longest path. It is the most blocks on a path from the input to an output. SpineNet-49 12, more than 12 of " +
        "101 samples, as much as 1; ResNet-50-FPN 16, more than 16 of 101 samples, as much as 1.",
      // 3 and 2 of 101 lie as low: 2.97% and 1.98%.
      "Reach. It is how many places back in the order a connection reaches, on average. SpineNet-49 2.81, in the " +
        "lowest 3% of 101 samples; ResNet-50-FPN 1.00, in the lowest 2% of 101 samples.",
    ]);
    expect(figure.querySelector("figcaption")?.textContent).toBe("How.");
  });

  it("says the same in a table", () => {
    const rows = [...measureTable(["longestPath"], among, networks, "What.").querySelectorAll("tbody tr")];
    const cells = rows.map((row) => [...row.querySelectorAll("td")].map(({ textContent }) => textContent));
    // SpineNet-49; 5%, half and 95% of 0 to 100; ResNet-50-FPN.
    expect(cells).toEqual([["12", "5", "50", "95", "16", "more than 12 of 101 samples, as much as 1"]]);
  });

  it("heads the table's columns with the network to place before the samples", () => {
    const heads = measureTable(["longestPath"], among, networks, "What.").querySelectorAll("thead th");
    expect([...heads].map(({ textContent }) => textContent)).toEqual([
      "measure",
      "SpineNet-49",
      "5% below",
      "median",
      "95% below",
      "ResNet-50-FPN",
      "SpineNet-49 is",
    ]);
  });

  it("names a row of the table a measure", () => {
    const table = measureTable(measureNames, among, networks, "What.");
    expect(table.querySelectorAll("tbody th")).toHaveLength(12);
    expect(table.querySelector("[role=region]")?.getAttribute("aria-label")).toBe("What.");
  });

  it("has symbols for four networks, and says so of a fifth", () => {
    const one = descriptionOf(modelByName("spinenet-49"));
    expect(() => comparedNetworks([one, one, one, one, one])).toThrow(
      "5 networks to compare: there are symbols for 4",
    );
  });
});
