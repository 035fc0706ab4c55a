import { range } from "d3";
import type { Depth } from "../../architecture/graph/depth.js";
import { spanOfCell } from "../../architecture/graph/receptiveField.js";
import { drawing, tenth } from "../charts/drawing.js";
import { levelColour } from "../diagram/levelColour.js";
import { photographSize } from "../evaluate/averagePrecision/example.js";
import { smallWords, stageAt, stageSentence } from "./depthWords.js";
import { harbourObjects, harbourPoint, inputScale, isSmallerThanCell } from "./harbourObjects.js";

export interface DepthPanelOptions {
  /** In pixels. */
  readonly width?: number;
  /** Address of the harbour's photograph. */
  readonly photograph: string;
}

const style = `
.depth-panel { font: 600 12px var(--sans-serif, sans-serif); font-variant-numeric: lining-nums; }
.depth-panel .unseen { fill: #000; fill-opacity: 0.45; }
.depth-panel .grid { fill: none; stroke: #fff; }
.depth-panel .casing { fill: none; stroke: #000; stroke-opacity: 0.7; }
.depth-panel .box { fill: none; stroke: #fff; stroke-width: 1.4; }
.depth-panel .too-small .box { stroke-width: 2; stroke-dasharray: 4 2.5; }
.depth-panel .badge { fill: #fff; stroke: #000; stroke-opacity: 0.7; }
.depth-panel .number { fill: #000; text-anchor: middle; }
.depth-panel .field .casing { stroke: #fff; stroke-opacity: 1; }
.depth-panel .field-line { fill: none; stroke: currentColor; stroke-width: 3; }
.depth-panel .cell { fill: currentColor; fill-opacity: 0.65; stroke: #fff; stroke-width: 1.5; }
`;

/**
 * The map that a network makes at a stage, laid over the photograph: its grid, the cell on the boatman's face, what that
 * cell can see (the rest is dark), and objects in boxes, those smaller than a cell dashed and numbered.
 */
export function depthPanel(
  depth: Depth,
  place: number,
  { width = 464, photograph }: DepthPanelOptions,
): SVGSVGElement {
  const stage = stageAt(depth, place);
  const inputWidth = depth.size[1];
  const scale = width / inputWidth;
  const height = tenth((width * photographSize.height) / photographSize.width);
  const svg = drawing("depth-panel", width, height)
    .attr("role", "img")
    .attr("aria-label", `${stageSentence(stage, depth)} ${smallWords(stage, depth)}`)
    .style("color", levelColour(stage.level));
  svg.append("style").text(style);
  svg
    .append("image")
    .attr("href", photograph)
    .attr("width", width)
    .attr("height", height)
    .attr("preserveAspectRatio", "none");

  const toInput = inputScale(inputWidth);
  const cellOf = (pixel: number): number => Math.floor((pixel * toInput) / stage.stride);
  const [row, column] = [cellOf(harbourPoint.y), cellOf(harbourPoint.x)];
  const [down, across] = [spanOfCell(stage.field, row), spanOfCell(stage.field, column)];
  const cut = (pixel: number, side: number): number => tenth(Math.min(Math.max(pixel * scale, 0), side));
  const [left, right] = [cut(across.first, width), cut(across.last + 1, width)];
  const [top, bottom] = [cut(down.first, height), cut(down.last + 1, height)];
  const seen = `M${left} ${top}H${right}V${bottom}H${left}Z`;
  svg
    .append("path")
    .attr("class", "unseen")
    .attr("fill-rule", "evenodd")
    .attr("d", `M0 0H${width}V${height}H0Z${seen}`);

  const cell = stage.stride * scale;
  const lines = (side: number): number[] => range(1, side / cell).map((index) => tenth(index * cell));
  svg
    .append("path")
    .attr("class", "grid")
    .attr("stroke-width", cell < 8 ? 0.5 : 0.8)
    .attr("stroke-opacity", cell < 8 ? 0.35 : 0.6)
    .attr(
      "d",
      `${lines(width)
        .map((x) => `M${x} 0V${height}`)
        .join("")}${lines(height)
        .map((y) => `M0 ${y}H${width}`)
        .join("")}`,
    );

  const field = svg.append("g").attr("class", "field");
  field.append("path").attr("class", "casing").attr("stroke-width", 5).attr("d", seen);
  field.append("path").attr("class", "field-line").attr("d", seen);

  const boxes = svg.append("g").attr("class", "boxes");
  const badges: { x: number; y: number; label: number }[] = [];
  harbourObjects.forEach((object, index) => {
    const small = isSmallerThanCell(object, stage.stride, inputWidth);
    const [x, y, boxWidth, boxHeight] = object.bbox.map((value) => tenth(value * toInput * scale));
    const box = boxes.append("g").attr("class", small ? "too-small" : "large-enough");
    for (const layer of ["casing", "box"]) {
      box
        .append("rect")
        .attr("class", layer)
        .attr("stroke-width", layer === "casing" ? 3 : null)
        .attr("x", x!)
        .attr("y", y!)
        .attr("width", boxWidth!)
        .attr("height", boxHeight!);
    }
    if (small) badges.push({ x: x!, y: y!, label: index + 1 });
  });
  svg
    .append("rect")
    .attr("class", "cell")
    .attr("x", tenth(column * cell))
    .attr("y", tenth(row * cell))
    .attr("width", tenth(cell))
    .attr("height", tenth(cell));
  for (const { x, y, label } of badges) {
    const badge = svg
      .append("g")
      .attr("class", "too-small")
      .attr("transform", `translate(${tenth(x - 9)},${tenth(Math.max(y - 7, 9))})`);
    badge.append("circle").attr("class", "badge").attr("r", 8.5);
    badge.append("text").attr("class", "number").attr("dy", "0.36em").text(label);
  }
  return svg.node()!;
}
