import { create } from "d3";
import { summaryStats } from "../../../coco/summarise.js";
import { exampleCategories } from "./example.js";
import type { ApStore } from "./store.js";
import { fractionText } from "./words.js";

/** COCO's twelve numbers of the example, of each class and over both. */
export function twelveNumbers(store: ApStore): HTMLElement {
  const region = create("div")
    .attr("class", "scroll")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", "The twelve numbers as a table");
  const table = region.append("table").attr("class", "twelve-numbers");
  table
    .append("thead")
    .append("tr")
    .selectAll("th")
    .data(["Number", "Mean of", "IoU", "Objects", "An image’s best", ...exampleCategories, "both"])
    .join("th")
    .attr("scope", "col")
    .classed("number", (_, index) => index > 3)
    .text((text) => text);
  const limits = { first: "1", second: "10", last: "100" } as const;
  const rows = table
    .append("tbody")
    .selectAll("tr")
    .data(summaryStats)
    .join((enter) => {
      const row = enter.append("tr");
      row
        .append("th")
        .attr("scope", "row")
        .text(({ name }) => name);
      row.append("td").text(({ measure }) => measure);
      row.append("td").text(({ iou }) => iou?.toFixed(2) ?? "all ten");
      row.append("td").text(({ area }) => area);
      row
        .append("td")
        .attr("class", "number")
        .text(({ detections }) => limits[detections]);
      return row;
    });
  store.follow(({ measure }) => {
    rows
      .selectAll("td.value")
      .data((_, line) => [...measure.categoryStats, measure.stats].map((stats) => stats[line]!))
      .join("td")
      .attr("class", "number value")
      .text((value) => fractionText(value));
  });
  return region.node()!;
}
