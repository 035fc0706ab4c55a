import { create } from "d3";
import type { ApWorkbench } from "./workbench.js";

/** Makes buttons for sentences; each opens one of the examples and scrolls to it. */
export function exampleLinks(workbench: ApWorkbench): (id: string, text: string) => HTMLElement {
  return (id, text) =>
    create("button")
      .attr("class", "example-link")
      .text(text)
      .on("click", () => {
        workbench.go(id);
        workbench.element.scrollIntoView({ block: "start" });
      })
      .node()!;
}
