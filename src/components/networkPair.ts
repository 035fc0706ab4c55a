import { create } from "d3";
import type { Description } from "../architecture/describe.js";
import { blockDiagram } from "./blockDiagram.js";
import { quantity } from "./quantity.js";

export interface NetworkPairOptions {
  /** In pixels, of both. Below 720 one stands above the other. */
  readonly width?: number;
}

/** Two networks side by side in the same colours, with what each costs. Nothing in it moves. */
export function networkPair(
  descriptions: readonly [Description, Description],
  { width = 960 }: NetworkPairOptions = {},
): HTMLElement {
  const gap = 32;
  const beside = width >= 720;
  const pair = create<HTMLElement>("figure")
    .attr("class", "network-pair wide")
    .style("display", "grid")
    .style("grid-template-columns", beside ? "1fr 1fr" : "1fr")
    .style("gap", `${beside ? gap : 24}px`);
  for (const description of descriptions) {
    const one = pair.append("div");
    const drawing = blockDiagram(description, { width: beside ? (width - gap) / 2 : width, compact: true });
    one.node()!.append(drawing);
    const caption = one.append("p").style("margin", "0.5rem 0 0").style("font", "var(--font-small)");
    caption.append("strong").text(description.model);
    caption
      .append("span")
      .text(
        ` ${quantity(description.parameters.trainable)} parameters, ${quantity(description.multiplyAdds)} multiply-adds ` +
          `at ${description.size.join("×")} px`,
      );
  }
  return pair.node()!;
}
