import { create } from "d3";
import type { ApWorkbench } from "./workbench.js";

/** A button within a sentence that brings one of the examples and goes to it. */
export function exampleLink(workbench: ApWorkbench, id: string, text: string): HTMLElement {
  return create("button")
    .attr("class", "example-link")
    .text(text)
    .on("click", () => {
      workbench.go(id);
      workbench.element.scrollIntoView({ block: "start" });
    })
    .node()!;
}
