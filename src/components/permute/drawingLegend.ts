import { create } from "d3";
import { legendItems } from "../diagram/blockDiagramLegend.js";

/** What shapes and lines of the drawing mean, all of them, so that it keeps its height whatever is drawn. */
export function drawingLegend(): HTMLElement {
  const legend = create<HTMLElement>("ul")
    .attr("class", "drawing-legend")
    .attr("aria-label", "Shapes and lines");
  for (const { text, draw } of legendItems()) {
    const item = legend.append("li");
    const svg = item
      .append("svg")
      .attr("class", "block-diagram")
      .attr("width", 26)
      .attr("height", 18)
      .attr("viewBox", "-13 -9 26 18")
      .attr("aria-hidden", "true");
    draw(svg.append("g").attr("class", "legend").append("g"));
    item.append("span").text(text);
  }
  return legend.node()!;
}
