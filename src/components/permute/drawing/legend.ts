import { create } from "d3";
import { html } from "htl";
import { legendItems } from "../../diagram/blockDiagramLegend.js";

/** What all shapes and lines of the drawing mean, so that the legend's height does not depend on the network. */
export function drawingLegend(): HTMLElement {
  return html`<ul class="drawing-legend" aria-label="Shapes and lines">${legendItems().map(
    ({ text, draw }) => {
      const mark = create<SVGGElement>("svg:g");
      draw(mark);
      return html`<li><svg class="block-diagram" width="26" height="18" viewBox="-13 -9 26 18" aria-hidden="true"><g class="legend">${mark.node()}</g></svg><span>${text}</span></li>`;
    },
  )}</ul>`;
}
