import { html, svg } from "htl";
import type { Connection } from "../../architecture/costs/connections.js";
import type { Description } from "../../architecture/costs/description.js";
import { diagramOf } from "../../architecture/drawing/diagramLayout.js";
import { frameOf } from "../../architecture/drawing/transition.js";
import { diagramTitle, leastWidthAcross } from "../diagram/blockDiagram.js";
import { blockDiagramStyle } from "../diagram/blockDiagramStyle.js";
import { blockDrawing } from "../diagram/blockDrawing.js";
import { levelColour } from "../diagram/levelColour.js";
import { moveByKeys } from "../page/moveByKeys.js";
import { connectionTitle } from "./words.js";

interface ConnectionChooserOptions {
  /** In pixels. */
  readonly width?: number;
  /** Index into the description's connections. */
  readonly chosen: number;
  readonly changed?: (index: number) => void;
}

export interface ConnectionChooser {
  readonly element: SVGSVGElement;
  /** Marks a connection without calling `changed`. */
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
  const drawing = blockDrawing();
  drawing.node.setAttribute("aria-hidden", "true");
  drawing.draw(frameOf(diagram));
  const options = connections.map((connection): SVGGElement => {
    const drawn = diagram.connections.find(
      ({ from, to }) => from === connection.from && to === connection.to,
    );
    if (!drawn) throw new Error(`the diagram lacks the connection ${connection.from} to ${connection.to}`);
    const [start, first, last, end] = drawn.curve.map(({ x, y }) => `${x},${y}`);
    const line = `M${start}C${first} ${last} ${end}`;
    const pools = connection.operations.some(({ op }) => op === "maxPool");
    const colour = levelColour(blocks[connection.from]!.level);
    return svg<SVGGElement>`<g role="option" aria-label=${connectionTitle(connection)} data-kind=${connection.kind} data-pools=${pools} style=${{ color: colour }}>
      <path class="hit" d=${line}></path>
      <path class="mark" d=${line}></path>
      <text x=${drawn.labelAt.x} y=${drawn.labelAt.y} dy="0.32em" aria-hidden="true">${drawn.label}</text>
    </g>`;
  });
  const { width: drawnWidth, height } = diagram;
  const element = svg<SVGSVGElement>`<svg class="block-diagram edge-chooser" width=${drawnWidth} height=${height} viewBox="0 0 ${drawnWidth} ${height}">
    <style>${blockDiagramStyle}</style>
    ${drawing.node}
    <g class="edge-options" role="listbox" aria-label="Connections of ${diagramTitle(description)}">${options}</g>
  </svg>`;
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
  return { element, choose };
}

/** A menu of all connections, for readers who would rather pick than aim. */
export function connectionSelect(
  connections: readonly Connection[],
  chosen: number,
  changed: (index: number) => void,
): HTMLSelectElement {
  const select = html<HTMLSelectElement>`<select>${connections.map(
    (connection, index) => html`<option value=${index}>${connectionTitle(connection)}</option>`,
  )}</select>`;
  select.value = String(chosen);
  select.addEventListener("input", () => changed(Number(select.value)));
  return select;
}
