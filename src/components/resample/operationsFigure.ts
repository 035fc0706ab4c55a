import { create, type Selection } from "d3";
import type { Operation } from "../../architecture/costs/connections.js";
import { rounded } from "../../architecture/drawing/rounded.js";
import type { Level } from "../../architecture/model/level.js";
import { levelColour } from "../diagram/levelColour.js";
import { quantity } from "../tables/quantity.js";
import { operationsTotal } from "./operationsTable.js";
import { afterWords, operationKind, operationTitle } from "./words.js";

interface OperationsFigureOptions {
  /** In pixels. Below 720 the operations run down the page. */
  readonly width?: number;
  /** Of the parent's block and the target's. */
  readonly levels: readonly [from: Level, to: Level];
  /** Names the drawing. */
  readonly title: string;
}

type MapShape = Operation["input"];
type Group = Selection<SVGGElement, undefined, null, undefined>;

/** Pixels a cell of a map, and pixels a channel, the same for every connection. */
const cell = 0.7;
const channel = 0.1;
/** Room across for a map of 160 × 160 × 256, so that nothing below moves with the choice. */
const tall = 128;
/** How far a pixel of depth leads to the right and up. */
const slant = 0.6;

/** A connection's maps as boxes to scale (front: height and width; depth: channels), and what is done between them. */
export function operationsFigure(
  operations: readonly Operation[],
  { width = 960, levels, title }: OperationsFigureOptions,
): SVGSVGElement {
  const first = operations[0];
  if (!first) throw new Error("a connection without operations has nothing to draw");
  const maps = [first.input, ...operations.map(({ output }) => output)];
  const across = width >= 720;
  const tallest = Math.max(tall, ...maps.map(heightOf));
  const column = width / maps.length;
  const gap = 84;
  const tops = [0];
  for (const map of maps) tops.push(tops.at(-1)! + Math.max(heightOf(map), 26) + gap);
  const height = across ? tallest + 124 : tops.at(-1)! - gap + 4;
  const svg = create<SVGSVGElement>("svg")
    .attr("class", "edge-steps")
    .attr("width", width)
    .attr("height", Math.ceil(height))
    .attr("viewBox", `0 0 ${width} ${Math.ceil(height)}`)
    .attr("role", "img")
    .attr("aria-label", `${title}: ${operationsTotal(operations)}. The table below says the same.`);
  maps.forEach((map, index) => {
    const level = index === 0 ? levels[0] : index === maps.length - 1 ? levels[1] : null;
    const place: Group = svg
      .append<SVGGElement>("g")
      .attr("data-step", index === 0 ? null : operationKind(operations, index - 1));
    const group: Group = place
      .append<SVGGElement>("g")
      .style("color", level === null ? "var(--theme-foreground-muted, #5f6368)" : levelColour(level));
    const [left, bottom] = across
      ? [index * column, tallest + 6]
      : [0, tops[index]! + Math.max(heightOf(map), 26)];
    drawMap(group, map, left, bottom);
    const shape = place.append("text").attr("class", "shape").text(map.join("×"));
    if (across) shape.attr("x", left).attr("y", bottom + 20);
    else shape.attr("x", widthOf(map) + 12).attr("y", bottom - 6);
    const operation = operations[index - 1];
    if (!operation) return;
    const lines = [
      operationTitle(operation),
      afterWords(operation),
      operation.op === "conv" ? `${quantity(operation.multiplyAdds)} multiply-adds` : "no parameters",
      operation.op === "conv" ? `${quantity(operation.parameters.trainable)} parameters` : "",
    ].filter(Boolean);
    const spoken = across
      ? lines
      : [lines[0]!, afterWords(operation), lines.slice(afterWords(operation) ? 2 : 1).join(", ")].filter(
          Boolean,
        );
    const [x, y] = across ? [left, bottom + 42] : [0, tops[index]! - gap + 27];
    if (!across)
      place
        .append("path")
        .attr("class", "arrow")
        .attr("d", `M4,${y - 9}v26m-4,-5l4,5l4,-5`);
    else
      place
        .append("path")
        .attr("class", "arrow")
        .attr("d", `M${left - 30},${bottom + 16}h20m-5,-4l5,4l-5,4`);
    spoken.forEach((line, row) => {
      place
        .append("text")
        .attr("class", row === 0 ? "operation" : "cost")
        .attr("x", across ? x : 20)
        .attr("y", y + row * 18)
        .text(line);
    });
  });
  return svg.node()!;
}

function depthOf([, , channels]: MapShape): number {
  return channels * channel * slant;
}

function heightOf(map: MapShape): number {
  return map[0] * cell + depthOf(map);
}

function widthOf(map: MapShape): number {
  return map[1] * cell + depthOf(map);
}

function drawMap(group: Group, map: MapShape, left: number, bottom: number): void {
  const [high, wide, deep] = [map[0] * cell, map[1] * cell, depthOf(map)];
  const at = (x: number, y: number): string => `${rounded(left + x)},${rounded(bottom - y)}`;
  group.attr("class", "map");
  group
    .append("path")
    .attr("class", "side")
    .attr(
      "d",
      `M${at(0, high)}L${at(deep, high + deep)}L${at(wide + deep, high + deep)}L${at(wide + deep, deep)}L${at(wide, 0)}L${at(wide, high)}ZM${at(wide, high)}L${at(wide + deep, high + deep)}`,
    );
  group
    .append("rect")
    .attr("x", rounded(left))
    .attr("y", rounded(bottom - high))
    .attr("width", rounded(wide))
    .attr("height", rounded(high));
}
