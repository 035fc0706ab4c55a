import type { Depth } from "../../architecture/graph/depthStages.js";
import { numbers, scrollingTable } from "../tables/table.js";
import { cellsWords, seenSide, smallObjects, stageName } from "./depthWords.js";

/** Every stage of both networks: what the pictures and the track show, in words and numbers. */
export function depthTable(depths: readonly Depth[], caption: string): HTMLElement {
  return scrollingTable({
    className: "depth-table",
    caption,
    columns: [
      "map",
      "level",
      "cells",
      numbers("cell, px"),
      numbers("a cell sees, px"),
      "head",
      "objects smaller than a cell",
    ],
    groups: depths.map((depth, network) => ({
      title: depth.model,
      rows: depth.stages.map((stage, index) => ({
        data: { network, step: index },
        cells: [
          stageName(stage),
          `L${stage.level}`,
          cellsWords(stage),
          stage.stride,
          seenSide(stage),
          stage.output ? "reads it" : "–",
          smallObjects(stage, depth).join(", ") || "none",
        ],
      })),
    })),
  });
}
