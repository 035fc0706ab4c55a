import type { Selection } from "d3";
import { type CostMeasure, costBy } from "../../../architecture/costs/costShares.js";
import { type CostNode, pathTo } from "../../../architecture/costs/costTree.js";
import { rounded } from "../../../architecture/drawing/rounded.js";
import { drawing } from "../../charts/drawing.js";
import { levelColour } from "../../diagram/levelColour.js";
import { type IcicleCell, icicleLayout } from "./layout.js";
import { icicleStyle } from "./style.js";
import { measureNames, nodeSentence, nodeTitle, percentage } from "./words.js";

interface IcicleDrawingOptions {
  /** In pixels. Below 640 two generations are drawn, else three. */
  readonly width?: number;
}

export interface IcicleDrawing {
  readonly element: SVGSVGElement;
  /** What is drawn, in a reader's order. */
  readonly cells: readonly IcicleCell[];
  show(open: CostNode, measure: CostMeasure): void;
  /** Makes a node the one that Tab leads to; the first one, if it is not drawn. */
  point(id: string | undefined): void;
  focus(): void;
}

/** The least height, in pixels, that holds a line of text. */
const line = 15;
/** Of a character at 12 px, a little more than the average. */
const character = 6.6;

/** Draws what an open node of a cost tree is made of; what it opens and by which key is its owner's to say. */
export function icicleDrawing(root: CostNode, { width = 960 }: IcicleDrawingOptions = {}): IcicleDrawing {
  const frame = width < 640 ? { width, height: 600, columns: 2 } : { width, height: 520, columns: 3 };
  const svg = drawing("icicle-drawing", width, frame.height);
  svg.append("style").text(icicleStyle);
  const hatch = svg
    .append("defs")
    .append("pattern")
    .attr("id", "icicle-hatch")
    .attr("patternUnits", "userSpaceOnUse")
    .attr("width", 6)
    .attr("height", 6)
    .attr("patternTransform", "rotate(45)");
  hatch.append("path").attr("class", "hatch").attr("d", "M3,0V6");
  const tree = svg.append("g").attr("role", "tree");
  // Each part's own name says more than its label, so that labels are for the eye alone.
  const labels = svg.append("g").attr("class", "labels").attr("aria-hidden", "true");
  // Above its neighbours, which would cover half of a line that were the part's own.
  const outline = svg.append("rect").attr("class", "focused");

  let cells: readonly IcicleCell[] = [];
  let pointed: string | undefined;
  const point = (id: string | undefined): void => {
    const cell = cells.find(({ node }) => node.id === id) ?? cells[0];
    pointed = cell?.node.id;
    outline
      .attr("x", rounded(cell?.x ?? 0))
      .attr("y", rounded(cell?.y ?? 0))
      .attr("width", rounded(cell?.width ?? 0))
      .attr("height", rounded(cell?.height ?? 0));
    tree
      .selectAll<SVGGElement, IcicleCell>(".cell")
      .attr("tabindex", ({ node }) => (node.id === pointed ? 0 : -1));
  };

  return {
    element: svg.node()!,
    get cells() {
      return cells;
    },
    show(open, measure) {
      cells = icicleLayout(open, measure, frame);
      const of = open === root ? "" : ` of ${root.name}`;
      tree.attr("aria-label", `${open.name}${of}, by ${measureNames[measure]}`);
      // Entering ones are put where they belong in reading order; the others keep theirs, so that they can slide.
      const rectangles = tree
        .selectAll<SVGGElement, IcicleCell>(".cell")
        .data(cells, ({ node }) => node.id)
        .join((entering) => withParts(entering.append("g"), "rect", ["ground", "shape", "edge"]));
      describeCells(rectangles, root);
      placeCells(rectangles);
      const texts = labels
        .selectAll<SVGGElement, IcicleCell>(".label")
        .data(
          cells.filter(({ height }) => height >= line),
          ({ node }) => node.id,
        )
        .join((entering) => withParts(entering.append("g"), "text", ["name", "share"]));
      writeLabels(texts, root, measure);
      point(pointed);
    },
    point,
    focus() {
      tree.select<SVGGElement>('[tabindex="0"]').node()?.focus();
    },
  };
}

type Cells = Selection<SVGGElement, IcicleCell, SVGGElement, undefined>;

function withParts(groups: Cells, element: "rect" | "text", parts: readonly string[]): Cells {
  for (const part of parts) groups.append(element).attr("class", part);
  return groups;
}

function describeCells(cells: Cells, root: CostNode): void {
  cells
    .attr("class", "cell")
    .classed("unlevelled", ({ node }) => node.level === undefined)
    .classed("opens", ({ node }) => node.children.length > 0)
    // Where lines between rectangles would hide them.
    .classed("thin", ({ height }) => height < 5)
    .attr("role", "treeitem")
    .attr("data-id", ({ node }) => node.id)
    .attr("data-part", ({ node }) => partOf(node, root))
    .attr("aria-level", ({ depth }) => depth)
    .attr("aria-posinset", ({ place }) => place)
    .attr("aria-setsize", ({ siblings }) => siblings)
    .attr("aria-label", ({ node }) => nodeSentence(node, root))
    .style("color", ({ node }) => (node.level ? levelColour(node.level) : null));
}

function placeCells(cells: Cells): void {
  cells.attr("transform", ({ x, y }) => `translate(${rounded(x)},${rounded(y)})`);
  for (const part of [".ground", ".shape", ".edge"]) {
    cells
      .select(part)
      .attr("width", ({ width }) => (part === ".edge" ? 3 : rounded(width)))
      .attr("height", ({ height }) => rounded(height));
  }
}

function writeLabels(labels: Cells, root: CostNode, measure: CostMeasure): void {
  const share = ({ node }: IcicleCell): string => percentage(costBy(node, measure), costBy(root, measure));
  labels
    .attr("class", "label")
    .classed("opens", ({ node }) => node.children.length > 0)
    .attr("data-part", ({ node }) => partOf(node, root))
    .attr("transform", ({ x, y, height }) => `translate(${rounded(x)},${rounded(y + height / 2)})`);
  labels
    .select(".name")
    .attr("x", 10)
    .attr("dy", "0.35em")
    .text((cell) => fitted(nodeTitle(cell.node), cell.width - 26 - share(cell).length * character));
  labels
    .select(".share")
    .attr("x", ({ width }) => rounded(width - 8))
    .attr("dy", "0.35em")
    .text(share);
}

/** The part of the whole network that a node belongs to, by its id. */
function partOf({ id }: CostNode, root: CostNode): string | null {
  return pathTo(root, id)[1]?.id ?? null;
}

function fitted(text: string, width: number): string {
  const most = Math.floor(width / character);
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}
