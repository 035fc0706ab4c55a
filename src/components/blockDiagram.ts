import { create, type Selection } from "d3";
import type { Description } from "../architecture/describe.js";
import {
  type Diagram,
  type DiagramBlock,
  type DiagramEdge,
  type DiagramLevel,
  type DiagramPart,
  diagramOf,
  type Orientation,
  type Point,
} from "../architecture/diagram.js";
import { diagramLegend, legendHeight } from "./blockDiagramLegend.js";
import { blockDiagramStyle } from "./blockDiagramStyle.js";
import { blockSentence } from "./blockSentence.js";
import { blockShape } from "./blockShape.js";
import { levelColour, levelInk } from "./levelColour.js";
import { moveByKeys } from "./moveByKeys.js";

export interface BlockDiagramOptions {
  /** In pixels. Below 560 the order of computation runs down the page. */
  readonly width?: number;
  readonly orientation?: Orientation;
  /** A small picture: no numbers, nothing to choose. */
  readonly compact?: boolean;
  readonly legend?: boolean;
}

type Group = Selection<SVGGElement, undefined, null, undefined>;

/**
 * The block diagram of a network: blocks by order and level, each with the connections it is made from.
 *
 * Unless compact, a block can be chosen by pointer, touch or arrow keys. Its parents and children then stand out, each
 * of their connections says how it resamples, and the drawing dispatches "choose" with the block's id, or null, as
 * detail. {@link chooseBlock} does the same from outside.
 */
export function blockDiagram(
  description: Description,
  { width = 960, orientation, compact = false, legend = !compact }: BlockDiagramOptions = {},
): SVGSVGElement {
  const diagram = diagramOf(description, {
    width,
    orientation: orientation ?? (width < 560 && !compact ? "down" : "across"),
    compact,
  });
  const below = legend ? legendHeight(description, width) : 0;
  const height = diagram.height + below;
  const name = description.model.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const id = `${compact ? "small-" : ""}block-diagram-${name}`;
  const svg = create("svg")
    .attr("class", compact ? "block-diagram compact" : "block-diagram")
    .attr("width", diagram.width)
    .attr("height", height)
    .attr("viewBox", `0 0 ${diagram.width} ${height}`)
    .attr("role", compact ? "img" : "group")
    .attr("aria-labelledby", `${id}-title ${id}-desc`);
  svg.append("title").attr("id", `${id}-title`).text(`${description.model}: blocks and connections`);
  svg.append("desc").attr("id", `${id}-desc`).text(summaryOf(description));
  svg.append("style").text(blockDiagramStyle);

  const backdrop = svg.append("g").attr("class", "levels").attr("aria-hidden", "true");
  for (const level of diagram.levels) drawLevel(backdrop, level, diagram, compact);
  const edges = svg.append("g").attr("class", "edges").attr("aria-hidden", "true");
  for (const edge of diagram.edges) drawEdge(edges, edge);
  const parts = svg.append("g").attr("class", "parts").attr("aria-hidden", "true");
  for (const part of diagram.parts) drawPart(parts, part);
  const blocks = svg.append("g").attr("class", "blocks");
  for (const block of diagram.blocks) drawBlock(blocks, block, description, compact);
  if (!compact) {
    const labels = svg.append("g").attr("class", "edge-labels").attr("aria-hidden", "true");
    for (const edge of diagram.edges) drawLabel(labels, edge);
  }
  if (legend) diagramLegend(svg.append("g"), description, diagram.height, width);

  const node = svg.node()!;
  if (!compact) makeChoosable(node, blocks);
  return node;
}

/** Makes a block and its neighbours stand out in a drawing, or none. */
export function chooseBlock(svg: SVGSVGElement, id: number | null): void {
  svg.classList.toggle("choosing", id !== null);
  const near = new Set<string>();
  for (const edge of svg.querySelectorAll<SVGElement>("[data-from]")) {
    const ends = [edge.dataset.from ?? "", edge.dataset.to ?? ""];
    const touched = id !== null && ends.includes(String(id));
    edge.classList.toggle("near", touched);
    if (touched) for (const end of ends) near.add(end);
  }
  for (const box of svg.querySelectorAll<SVGElement>("[data-id]")) {
    const own = box.dataset.id ?? "";
    box.classList.toggle("near", near.has(own));
    box.classList.toggle("chosen", own === String(id));
    if (box.getAttribute("role") === "option") box.setAttribute("aria-selected", String(own === String(id)));
  }
}

function makeChoosable(svg: SVGSVGElement, blocks: Group): void {
  blocks.attr("role", "listbox").attr("aria-label", "Blocks in the order of computation");
  const options = [...svg.querySelectorAll<SVGGElement>("[role=option]")];
  let focused: number | null = null;
  const choose = (id: number | null): void => {
    chooseBlock(svg, id);
    svg.dispatchEvent(new CustomEvent("choose", { detail: id }));
  };
  options.forEach((option, id) => {
    option.addEventListener("pointerenter", () => choose(id));
    option.addEventListener("pointerleave", () => choose(focused));
  });
  moveByKeys(options, {
    focused: (index) => {
      focused = index;
      choose(index);
    },
    left: () => {
      focused = null;
      choose(null);
    },
  });
}

function summaryOf({ blocks, pyramid }: Description): string {
  const levels = blocks.map(({ level }) => `L${level}`).join(", ");
  const outputs = pyramid.map(({ level }) => `P${level}`).join(", ");
  return `${blocks.length} blocks in the order of computation, at levels ${levels}. ${
    outputs ? `The head reads ${outputs}.` : "The head reads the last block."
  }`;
}

function drawLevel(
  group: Group,
  { level, cells, strip }: DiagramLevel,
  diagram: Diagram,
  compact: boolean,
): void {
  const across = diagram.orientation === "across";
  group
    .append("rect")
    .attr("x", strip.x - strip.width / 2 + (across ? 0 : 1))
    .attr("y", strip.y - strip.height / 2 + (across ? 1 : 0))
    .attr("width", strip.width - (across ? 0 : 2))
    .attr("height", strip.height - (across ? 2 : 0))
    .style("fill", levelColour(level));
  const at: Point = across ? { x: 6, y: strip.y } : { x: strip.x, y: compact ? 11 : 13 };
  const label = group
    .append("text")
    .attr("x", at.x)
    .attr("y", at.y)
    .attr("dy", !across ? "0.32em" : compact ? "0.32em" : "-0.25em")
    .attr("text-anchor", across ? "start" : "middle");
  label.append("tspan").attr("class", "level").style("fill", levelInk(level)).text(`L${level}`);
  if (!compact) {
    label.append("tspan").attr("class", "cells").attr("x", at.x).attr("dy", "1.25em").text(cells.join("×"));
  }
}

function drawEdge(group: Group, { kind, from, to, level, curve }: DiagramEdge): void {
  const [start, first, last, end] = curve;
  const at = ({ x, y }: Point): string => `${x},${y}`;
  const edge = group
    .append("g")
    .attr("class", `edge ${kind}`)
    .attr("data-from", from)
    .attr("data-to", to)
    .style("color", levelColour(level));
  const line = `M${at(start)}C${at(first)} ${at(last)} ${at(end)}`;
  edge.append("path").attr("class", "line").attr("d", line);
  const angle = (Math.atan2(end.y - last.y, end.x - last.x) * 180) / Math.PI;
  edge
    .append("path")
    .attr("class", "head")
    .attr("d", "M0,0L-6,-2.8L-6,2.8Z")
    .attr("transform", `translate(${at(end)}) rotate(${Math.round(angle * 100) / 100})`);
}

function drawLabel(group: Group, { from, to, level, label, labelAt }: DiagramEdge): void {
  if (label === "") return;
  group
    .append("text")
    .attr("data-from", from)
    .attr("data-to", to)
    .attr("x", labelAt.x)
    .attr("y", labelAt.y)
    .attr("dy", "0.32em")
    .style("fill", levelInk(level))
    .text(label);
}

function drawPart(group: Group, { name, level, x, y, width, height }: DiagramPart): void {
  const part = group
    .append("g")
    .attr("class", name === "stem" ? "part" : "part pyramid")
    .attr("data-id", name)
    .attr("transform", `translate(${x},${y})`);
  part
    .append("rect")
    .attr("x", -width / 2)
    .attr("y", -height / 2)
    .attr("width", width)
    .attr("height", height)
    .attr("rx", name === "stem" ? 2 : height / 2)
    .style("color", levelColour(level));
  // Eleven-pixel letters are about six wide.
  if (width >= name.length * 6 + 4) {
    const text = part.append("text").attr("dy", "0.34em").text(name);
    if (name !== "stem") text.style("fill", levelInk(level));
  }
}

function drawBlock(
  group: Group,
  { block, x, y, width, height }: DiagramBlock,
  description: Description,
  compact: boolean,
): void {
  const option = group
    .append("g")
    .attr("class", `block ${block.kind}${block.output ? " output" : ""}${block.used ? "" : " unused"}`)
    .attr("data-id", block.id)
    .attr("transform", `translate(${x},${y})`);
  if (!compact) {
    option
      .attr("role", "option")
      .attr("aria-selected", "false")
      .attr("tabindex", block.id === 0 ? 0 : -1)
      .attr("aria-label", blockSentence(description, block.id));
    // Fingers need more than a small box.
    option
      .append("rect")
      .attr("class", "target")
      .attr("x", -Math.max(width / 2, 12))
      .attr("y", -Math.max(height / 2, 12))
      .attr("width", Math.max(width, 24))
      .attr("height", Math.max(height, 24));
  }
  const shape = blockShape(block.kind, width, height);
  option.append("path").attr("class", "ground").attr("d", shape);
  option.append("path").attr("class", "shape").attr("d", shape).style("color", levelColour(block.level));
  if (!compact && width >= 16 && height >= 14) {
    option.append("text").attr("dy", "0.34em").style("fill", levelInk(block.level)).text(block.id);
  }
}
