import { create } from "d3";
import type { Depth } from "../../architecture/graph/depth.js";
import { fieldSide } from "../../architecture/graph/receptiveField.js";
import { cellsWords, smallObjects, stageName } from "./depthWords.js";

const columns = [
  "map",
  "level",
  "cells",
  "cell, px",
  "a cell sees, px",
  "head",
  "objects smaller than a cell",
];

/** Every stage of both networks: what the pictures and the track show, in words and numbers. */
export function depthTable(depths: readonly Depth[], caption: string): HTMLElement {
  const box = create<HTMLElement>("div")
    .attr("class", "depth-table scroll")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", caption);
  const table = box.append("table");
  table.append("caption").text(caption);
  const head = table.append("thead").append("tr");
  for (const [index, column] of columns.entries()) {
    head
      .append("th")
      .attr("scope", "col")
      .attr("class", index > 2 && index < 5 ? "number" : null)
      .text(column);
  }
  depths.forEach((depth, network) => {
    const body = table.append("tbody");
    body
      .append("tr")
      .append("th")
      .attr("scope", "rowgroup")
      .attr("colspan", columns.length)
      .text(depth.model);
    depth.stages.forEach((stage, index) => {
      const row = body.append("tr").attr("data-network", network).attr("data-step", index);
      row.append("th").attr("scope", "row").text(stageName(stage));
      row.append("td").text(`L${stage.level}`);
      row.append("td").text(cellsWords(stage));
      row.append("td").attr("class", "number").text(stage.stride);
      row.append("td").attr("class", "number").text(fieldSide(stage.field).toLocaleString("en-US"));
      row.append("td").text(stage.output ? "reads it" : "–");
      row.append("td").text(smallObjects(stage, depth).join(", ") || "none");
    });
  });
  return box.node()!;
}
