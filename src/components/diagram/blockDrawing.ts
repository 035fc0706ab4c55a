import { create, type Selection, select } from "d3-selection";
import type { Point } from "../../architecture/drawing/diagram.js";
import { rounded } from "../../architecture/drawing/rounded.js";
import type {
  Frame,
  FrameBlock,
  FrameConnection,
  FrameLevel,
  FramePart,
} from "../../architecture/drawing/transition.js";
import { pathOf } from "./blockShape.js";
import { levelColour, levelInk } from "./levelColour.js";

interface BlockDrawingOptions {
  /** No numbers of blocks and no sizes of maps. */
  readonly compact?: boolean;
  /** Blocks are options of a list that can be chosen from. */
  readonly options?: boolean;
}

/** Which parts of a frame stand out. */
export interface BlockMarks {
  /** Block whose connections and neighbours stand out: the chosen one, or one that is pointed at. */
  readonly shown?: number | null;
  readonly chosen?: number | null;
  /** Block that is being moved. */
  readonly held?: number | null;
  /** What a screen reader says of a block. */
  readonly sentence?: (id: number) => string;
  /** Connections that a network it is compared with does not have, as "4>7". */
  readonly added?: ReadonlySet<string>;
  /** The connection in hand, as "4>7". */
  readonly taken?: string;
  /** Blocks that it may read. */
  readonly possible?: ReadonlySet<number>;
  /** Least extent of what can be pointed at of a block, in pixels. */
  readonly target?: number;
}

interface BlockDrawing {
  readonly node: SVGGElement;
  /** Draws a frame over the one before, touching only what differs. */
  draw(frame: Frame, marks?: BlockMarks): void;
}

type Group = Selection<SVGGElement, undefined, null, undefined>;

/** A drawing of frames, one after the other: strips, connections, parts, blocks, and labels on top. */
export function blockDrawing({ compact = false, options = false }: BlockDrawingOptions = {}): BlockDrawing {
  const drawing = create<SVGGElement>("svg:g").attr("class", "scene");
  const layer = (name: string): Group => drawing.append("g").attr("class", name);
  const levels = layer("levels").attr("aria-hidden", "true");
  const connections = layer("edges").attr("aria-hidden", "true");
  const parts = layer("parts").attr("aria-hidden", "true");
  const leaving = layer("leaving").attr("aria-hidden", "true");
  const blocks = layer("blocks");
  const labels = compact ? null : layer("edge-labels").attr("aria-hidden", "true");
  if (options) blocks.attr("role", "listbox").attr("aria-label", "Blocks in the order of computation");
  return {
    node: drawing.node()!,
    draw(drawn, marks = {}) {
      const near = neighbours(drawn, marks.shown ?? null);
      drawing.classed("choosing", near !== null);
      drawLevels(levels, drawn, compact);
      drawConnections(connections, drawn.connections, near, marks);
      drawParts(parts, drawn.parts, near);
      drawBlocks(
        leaving,
        drawn.blocks.filter(({ leaving }) => leaving),
        { compact, options: false },
      );
      // An option stays the one of its place in the order, so that focus and reading order hold while blocks move.
      const staying = drawn.blocks.filter(({ leaving }) => !leaving);
      drawBlocks(blocks, staying, { compact, options, near, marks });
      if (labels) drawLabels(labels, drawn.connections, marks.shown ?? null);
    },
  };
}

interface Near {
  readonly ids: ReadonlySet<number | string>;
  readonly connections: ReadonlySet<string>;
}

function neighbours({ connections }: Frame, shown: number | null): Near | null {
  if (shown === null) return null;
  const touching = connections.filter(
    ({ from, to, leaving }) => !leaving && (from === shown || to === shown),
  );
  return {
    ids: new Set(touching.flatMap(({ from, to }) => [from, to])),
    connections: new Set(touching.map(({ key }) => key)),
  };
}

function drawLevels(group: Group, { levels, orientation }: Frame, compact: boolean): void {
  const across = orientation === "across";
  const drawn = group
    .selectAll<SVGGElement, FrameLevel>("g")
    .data(levels, ({ key }) => key)
    .join((enter) => {
      const level = enter.append("g").attr("data-level", ({ level }) => level);
      level.append("rect").style("fill", ({ level }) => levelColour(level));
      const label = level.append("text");
      label
        .append("tspan")
        .attr("class", "level")
        .style("fill", ({ level }) => levelInk(level))
        .text(({ level }) => `L${level}`);
      if (!compact) label.append("tspan").attr("class", "cells");
      return level;
    });
  drawn.each(function ({ strip, cells, opacity }) {
    put(this, "opacity", opacity < 1 ? opacity : null);
    const rect = this.querySelector("rect")!;
    put(rect, "x", rounded(strip.x - strip.width / 2 + (across ? 0 : 1)));
    put(rect, "y", rounded(strip.y - strip.height / 2 + (across ? 1 : 0)));
    put(rect, "width", rounded(strip.width - (across ? 0 : 2)));
    put(rect, "height", rounded(strip.height - (across ? 2 : 0)));
    const at: Point = across ? { x: 6, y: strip.y } : { x: strip.x, y: compact ? 11 : 13 };
    const text = this.querySelector("text")!;
    put(text, "x", at.x);
    put(text, "y", at.y);
    put(text, "dy", !across ? "0.32em" : compact ? "0.32em" : "-0.25em");
    put(text, "text-anchor", across ? "start" : "middle");
    const size = this.querySelector(".cells");
    if (!size) return;
    put(size, "x", at.x);
    put(size, "dy", "1.25em");
    write(size, cells.join("×"));
  });
}

function drawConnections(
  group: Group,
  connections: readonly FrameConnection[],
  near: Near | null,
  { added, taken }: BlockMarks,
): void {
  group
    .selectAll<SVGGElement, FrameConnection>("g")
    .data(connections, ({ key }) => key)
    .join((enter) => {
      const connection = enter.append("g");
      connection.append("path").attr("class", "line");
      connection.append("path").attr("class", "head").attr("d", "M0,0L-6,-2.8L-6,2.8Z");
      return connection;
    })
    .each(function ({ key, kind, from, to, level, curve, opacity }) {
      const [start, first, last, end] = curve;
      const classes = ["edge", kind];
      if (near?.connections.has(key)) classes.push("near");
      if (added?.has(`${from}>${to}`)) classes.push("added");
      if (taken === `${from}>${to}`) classes.push("taken");
      put(this, "class", classes.join(" "));
      put(this, "data-from", from);
      put(this, "data-to", to);
      put(this, "opacity", opacity < 1 ? opacity : null);
      put(this, "style", `color: ${levelColour(level)};`);
      const [line, head] = this.children;
      put(line!, "d", `M${at(start)}C${at(first)} ${at(last)} ${at(end)}`);
      const angle = (Math.atan2(end.y - last.y, end.x - last.x) * 180) / Math.PI;
      put(head!, "transform", `translate(${at(end)}) rotate(${rounded(angle)})`);
    });
}

function drawLabels(group: Group, connections: readonly FrameConnection[], shown: number | null): void {
  const said = connections.filter(
    ({ from, to, label, leaving }) => !leaving && label !== "" && (from === shown || to === shown),
  );
  group
    .selectAll<SVGTextElement, FrameConnection>("text")
    .data(said, ({ key }) => key)
    .join("text")
    .each(function ({ level, label, labelAt }) {
      put(this, "x", labelAt.x);
      put(this, "y", labelAt.y);
      put(this, "dy", "0.32em");
      put(this, "style", `fill: ${levelInk(level)};`);
      write(this, label);
    });
}

function drawParts(group: Group, parts: readonly FramePart[], near: Near | null): void {
  group
    .selectAll<SVGGElement, FramePart>("g")
    .data(parts, ({ key }) => key)
    .join((enter) => {
      const part = enter.append("g");
      part.append("rect");
      part.append("text").attr("dy", "0.34em");
      return part;
    })
    .each(function ({ name, level, x, y, width, height, opacity }) {
      const stem = name === "stem";
      put(this, "class", `${stem ? "part" : "part pyramid"}${near?.ids.has(name) ? " near" : ""}`);
      put(this, "data-id", name);
      put(this, "transform", `translate(${x},${y})`);
      put(this, "opacity", opacity < 1 ? opacity : null);
      const [rect, text] = this.children;
      putBox(rect!, width, height);
      put(rect!, "rx", stem ? 2 : rounded(height / 2));
      put(rect!, "style", `color: ${levelColour(level)};`);
      // Eleven-pixel letters are about six wide.
      write(text!, width >= name.length * 6 + 4 ? name : "");
      put(text!, "style", stem ? null : `fill: ${levelInk(level)};`);
    });
}

interface DrawnBlocks extends Required<BlockDrawingOptions> {
  readonly near?: Near | null;
  readonly marks?: BlockMarks;
}

function drawBlocks(
  group: Group,
  blocks: readonly FrameBlock[],
  { compact, options, near = null, marks = {} }: DrawnBlocks,
): void {
  const { chosen = null, held = null, sentence, target = 24 } = marks;
  const stop = chosen ?? 0;
  group
    .selectAll<SVGGElement, FrameBlock>("g")
    .data(blocks)
    .join((enter) => {
      const block = enter.append("g");
      // Fingers need more than a small box.
      if (options) block.attr("role", "option").append("rect").attr("class", "target");
      block.append("path").attr("class", "ground");
      block.append("path").attr("class", "shape");
      if (!compact) block.append("text").attr("dy", "0.34em");
      return block;
    })
    .each(function ({ block, x, y, width, height, outline, opacity }) {
      const { id, kind, level } = block;
      const classes = ["block", kind];
      if (block.output) classes.push("output");
      if (!block.used) classes.push("unused");
      if (near?.ids.has(id)) classes.push("near");
      if (id === chosen) classes.push("chosen");
      if (id === marks.shown) classes.push("shown");
      if (id === held) classes.push("held");
      if (marks.possible?.has(id)) classes.push("possible");
      put(this, "class", classes.join(" "));
      put(this, "data-id", id);
      put(this, "transform", `translate(${x},${y})`);
      put(this, "opacity", opacity < 1 ? opacity : null);
      if (options) {
        put(this, "tabindex", id === stop ? 0 : -1);
        put(this, "aria-selected", String(id === chosen));
        put(this, "aria-label", sentence?.(id) ?? `Block ${id}`);
        putBox(this.querySelector(".target")!, Math.max(width, target), Math.max(height, target));
      }
      const shape = pathOf(outline);
      put(this.querySelector(".ground")!, "d", shape);
      const path = this.querySelector(".shape")!;
      put(path, "d", shape);
      put(path, "style", `color: ${levelColour(level)};`);
      const text = this.querySelector("text");
      if (!text) return;
      write(text, width >= 16 && height >= 14 ? String(id) : "");
      put(text, "style", `fill: ${levelInk(level)};`);
    });
}

function putBox(rect: Element, width: number, height: number): void {
  put(rect, "x", rounded(-width / 2));
  put(rect, "y", rounded(-height / 2));
  put(rect, "width", rounded(width));
  put(rect, "height", rounded(height));
}

/** Sets an attribute where it differs: a browser lays out again even what is set to the same. */
function put(element: Element, name: string, value: string | number | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

function write(element: Element, text: string): void {
  if (element.textContent !== text) select(element).text(text);
}

function at({ x, y }: Point): string {
  return `${x},${y}`;
}
