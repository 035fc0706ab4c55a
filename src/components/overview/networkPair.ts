import { create } from "d3-selection";
import type { Description } from "../../architecture/costs/description.js";
import { computingStages } from "../../architecture/graph/computingStages.js";
import { blockDiagram } from "../diagram/blockDiagram.js";
import { quantity } from "../tables/quantity.js";

/** A network, and in a sentence what it does with scales. */
export interface PairedNetwork {
  readonly description: Description;
  readonly says: string;
}

interface NetworkPairOptions {
  /** In pixels, of both. Below 720 one stands above the other. */
  readonly width?: number;
}

const leastWidthBeside = 720;
const gap = 32;

/**
 * Two networks side by side in the same colours, with what each does and costs, at rest. Each block, part and
 * connection has the stage at which it is computed as `--step`, for a style sheet that lets them enter in that order.
 */
export function networkPair(
  networks: readonly [PairedNetwork, PairedNetwork],
  { width = 960 }: NetworkPairOptions = {},
): HTMLElement {
  const beside = width >= leastWidthBeside;
  const pair = create<HTMLElement>("figure").attr("class", beside ? "network-pair beside" : "network-pair");
  for (const { description, says } of networks) {
    const one = pair.append("div");
    const drawing = blockDiagram(description, {
      width: beside ? (width - gap) / 2 : width,
      compact: true,
      strip: beside ? 42 : 26,
    });
    markStages(drawing, description);
    one.node()!.append(drawing);
    const words = one.append("p");
    words.append("strong").text(description.model);
    words.append("span").text(` ${says} `);
    words
      .append("span")
      .attr("class", "costs")
      .text(
        `${quantity(description.parameters.trainable)} parameters, ${quantity(description.multiplyAdds)} multiply-adds.`,
      );
  }
  return pair.node()!;
}

/** A connection is computed with what it leads to. */
function markStages(drawing: SVGSVGElement, description: Description): void {
  const stages = computingStages(description);
  for (const element of drawing.querySelectorAll<SVGElement>("[data-id], [data-to]")) {
    const key = element.getAttribute("data-to") ?? element.getAttribute("data-id") ?? "";
    const stage = stages.get(key);
    if (stage === undefined)
      throw new Error(`networkPair: ${description.model} has no stage that computes "${key}".`);
    element.style.setProperty("--step", String(stage));
  }
  for (const line of drawing.querySelectorAll(".edge:not(.dangling) .line"))
    line.setAttribute("pathLength", "1");
}
