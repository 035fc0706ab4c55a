import { create } from "d3-selection";
import type { Description } from "../../architecture/costs/description.js";
import type { Orientation } from "../../architecture/drawing/diagram.js";
import { diagramOf } from "../../architecture/drawing/diagramLayout.js";
import { frameOf } from "../../architecture/drawing/transition.js";
import { shownText } from "../../text/shownText.js";
import { diagramLegend, legendHeight } from "./blockDiagramLegend.js";
import { blockDiagramStyle } from "./blockDiagramStyle.js";
import { blockDrawing } from "./blockDrawing.js";

export interface BlockDiagramOptions {
  /** In pixels. Below 560 the order of computation runs down the page. */
  readonly width?: number;
  readonly orientation?: Orientation;
  /** A small picture: no numbers. */
  readonly compact?: boolean;
  /** Height of a level's strip in a small picture, in pixels. */
  readonly strip?: number;
  readonly legend?: boolean;
}

/** Below this width of a drawing the order of computation runs down it. */
export const leastWidthAcross = 560;

/** A picture of a network: blocks by order and level, each with the connections it is made from. */
export function blockDiagram(
  description: Description,
  { width = 960, orientation, compact = false, strip, legend = !compact }: BlockDiagramOptions = {},
): SVGSVGElement {
  const diagram = diagramOf(description, {
    width,
    orientation: orientation ?? (width < leastWidthAcross && !compact ? "down" : "across"),
    compact,
    ...(strip === undefined ? {} : { strip }),
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
    .attr("role", "img")
    .attr("aria-labelledby", `${id}-title ${id}-desc`);
  svg.append("title").attr("id", `${id}-title`).text(diagramTitle(description));
  svg.append("desc").attr("id", `${id}-desc`).text(diagramSummary(description));
  svg.append("style").text(blockDiagramStyle);
  const drawing = blockDrawing({ compact });
  svg.node()!.append(drawing.node);
  drawing.draw(frameOf(diagram));
  if (legend) diagramLegend(svg.append("g"), description, diagram.height, width);
  return svg.node()!;
}

/** What a drawing of a network is called. */
export function diagramTitle({ model }: Description): string {
  return `${shownText(model)}: blocks and connections`;
}

/** A drawing of a network in two sentences. */
export function diagramSummary({ blocks, pyramid }: Description): string {
  const levels = blocks.map(({ level }) => `L${level}`).join(", ");
  const outputs = pyramid.map(({ level }) => `P${level}`).join(", ");
  return `${blocks.length} blocks in the order of computation, at levels ${levels}. ${
    outputs ? `The head reads ${outputs}.` : "The head reads the last block."
  }`;
}
