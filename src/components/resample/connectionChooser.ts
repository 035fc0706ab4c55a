import { create } from "d3";
import type { Connection } from "../../architecture/costs/connections.js";
import type { Description } from "../../architecture/costs/description.js";
import { diagramOf } from "../../architecture/drawing/layout.js";
import { frameOf } from "../../architecture/drawing/transition.js";
import { diagramTitle, leastWidthAcross } from "../diagram/blockDiagram.js";
import { blockDiagramStyle } from "../diagram/blockDiagramStyle.js";
import { blockDrawing } from "../diagram/blockDrawing.js";
import { levelColour } from "../diagram/levelColour.js";
import { moveByKeys } from "../page/moveByKeys.js";
import { connectionTitle } from "./words.js";

export interface ConnectionChooserOptions {
  /** In pixels. */
  readonly width?: number;
  /** Index into the description's connections. */
  readonly chosen: number;
  readonly changed?: (index: number) => void;
}

export interface ConnectionChooser {
  readonly element: SVGSVGElement;
  /** Marks a connection without telling. */
  choose(index: number): void;
}

/** A network's diagram in which each connection can be chosen: by pointer, or by arrow keys from one to the next. */
export function connectionChooser(
  description: Description,
  { width = 960, chosen, changed }: ConnectionChooserOptions,
): ConnectionChooser {
  const { connections, blocks } = description;
  const diagram = diagramOf(description, {
    width,
    orientation: width < leastWidthAcross ? "down" : "across",
    compact: false,
  });
  const svg = create<SVGSVGElement>("svg")
    .attr("class", "block-diagram edge-chooser")
    .attr("width", diagram.width)
    .attr("height", diagram.height)
    .attr("viewBox", `0 0 ${diagram.width} ${diagram.height}`);
  svg.append("style").text(blockDiagramStyle);
  const drawing = blockDrawing();
  svg.append(() => drawing.node).attr("aria-hidden", "true");
  drawing.draw(frameOf(diagram));
  const list = svg
    .append("g")
    .attr("class", "edge-options")
    .attr("role", "listbox")
    .attr("aria-label", `Connections of ${diagramTitle(description)}`);
  const options = connections.map((connection): SVGGElement => {
    const drawn = diagram.connections.find(
      ({ from, to }) => from === connection.from && to === connection.to,
    );
    if (!drawn) throw new Error(`the diagram lacks the connection ${connection.from} to ${connection.to}`);
    const [start, first, last, end] = drawn.curve.map(({ x, y }) => `${x},${y}`);
    const option = list
      .append<SVGGElement>("g")
      .attr("role", "option")
      .attr("aria-label", connectionTitle(connection))
      .attr("data-kind", connection.kind)
      .attr("data-pools", connection.operations.some(({ op }) => op === "maxPool") ? "" : null)
      .style("color", levelColour(blocks[connection.from]!.level));
    const line = `M${start}C${first} ${last} ${end}`;
    option.append("path").attr("class", "hit").attr("d", line);
    option.append("path").attr("class", "mark").attr("d", line);
    option
      .append("text")
      .attr("x", drawn.labelAt.x)
      .attr("y", drawn.labelAt.y)
      .attr("dy", "0.32em")
      .attr("aria-hidden", "true")
      .text(drawn.label);
    return option.node()!;
  });
  let current = -1;
  const choose = (index: number): void => {
    current = index;
    options.forEach((option, other) => {
      option.setAttribute("aria-selected", String(other === index));
      option.setAttribute("tabindex", other === index ? "0" : "-1");
    });
  };
  choose(chosen);
  moveByKeys(options, {
    focused: (index) => {
      if (index === current) return;
      choose(index);
      changed?.(index);
    },
    left: () => {},
  });
  return { element: svg.node()!, choose };
}

/** A list of all connections, for those who would rather pick than aim. */
export function connectionSelect(
  connections: readonly Connection[],
  chosen: number,
  changed: (index: number) => void,
): HTMLSelectElement {
  const select = create<HTMLSelectElement>("select");
  connections.forEach((connection, index) => {
    select.append("option").attr("value", index).text(connectionTitle(connection));
  });
  select.property("value", String(chosen));
  select.on("input", () => changed(Number(select.property("value"))));
  return select.node()!;
}
