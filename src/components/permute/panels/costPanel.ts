import { html } from "htl";
import { type Description, descriptionOf } from "../../../architecture/costs/description.js";
import { presetByName } from "../../../architecture/families/presets.js";
import type { PublishedNetwork } from "../../../pageData/permute.js";
import { quantity } from "../../tables/quantity.js";
import { type Cell, numbers, scrollRegion, table } from "../../tables/table.js";
import type { PermutedNetwork } from "../session/network.js";

interface CostPanel {
  readonly node: HTMLElement;
  /**
   * @param other the network it is compared with
   * @param published numbers of the preset that the network is or began as; null where the paper gives none
   */
  show(network: PermutedNetwork, other: Description | null, published: PublishedNetwork | null): void;
}

const caption = "Costs beside other networks'";

/** The parts that multiply-adds are spent on, in the order of the bars. */
const shares = [
  { name: "blocks", title: "blocks" },
  { name: "resampling", title: "resampling" },
  { name: "pyramid", title: "pyramid or endpoints" },
  { name: "head", title: "head" },
  { name: "stem", title: "first convolution" },
] as const;
type Share = (typeof shares)[number]["name"];

/** Multiply-adds by what they go into; their sum is the whole. */
export function costShares({ blocks, connections, parts, multiplyAdds }: Description): Record<Share, number> {
  const resampling = connections.reduce((sum, connection) => sum + connection.multiplyAdds, 0);
  const inBlocks = blocks.reduce((sum, block) => sum + block.multiplyAdds, 0);
  const of = (id: string): number => parts.find((part) => part.id === id)?.multiplyAdds ?? 0;
  const [head, stem] = [of("head"), of("stem")];
  return {
    blocks: inBlocks - resampling,
    resampling,
    pyramid: multiplyAdds - inBlocks - head - stem,
    head,
    stem,
  };
}

/** Parameters and multiply-adds of a network beside ResNet-50-FPN's, another network's, and the published ones. */
export function costPanel(): CostPanel {
  const resNet = descriptionOf(presetByName("resnet-50-fpn"));
  const region = scrollRegion(caption);
  const note = html`<p class="cost-note"></p>`;
  return {
    node: html`<section class="cost-panel" aria-label="What it costs"><h2>What it costs</h2>${region}${note}</section>`,
    show({ description, edited }, other, published) {
      const columns = [description, resNet, ...(other ? [other] : [])].filter(
        ({ model }, index, all) => all.findIndex((one) => one.model === model) === index,
      );
      region.replaceChildren(costTable(columns, published, edited));
      const sizesDiffer = columns.some(({ size }) => size[0] !== description.size[0]);
      note.textContent = [
        `At ${description.size.join("×")} pixels with ${description.classes} classes; shares are of multiply-adds`,
        sizesDiffer ? ", each network at its own size" : "",
        published
          ? `. Paper: ${published.source}; AP on ${published.measured}.`
          : ". The paper gives no costs for it.",
      ].join("");
    },
  };
}

function costTable(
  networks: readonly Description[],
  published: PublishedNetwork | null,
  edited: boolean,
): HTMLElement {
  const paper = (text: string) => (published ? [text] : []);
  const most = Math.max(...networks.map(({ multiplyAdds }) => multiplyAdds));
  const byShare = networks.map(costShares);
  const ap = ["AP", ...networks.map((_, index) => (index === 0 && edited ? "needs training" : ""))];
  return table({
    caption,
    captionShown: false,
    columns: [
      "cost",
      ...networks.map(({ model }, index) => numbers(index === 0 ? "this network" : model)),
      ...paper(edited ? `paper: ${published?.model}` : "paper").map(numbers),
    ],
    rows: [
      [
        "parameters",
        ...networks.map(({ parameters }) => quantity(parameters.trainable)),
        ...paper(printed(published?.parametersM, "M")),
      ],
      [
        "multiply-adds",
        ...networks.map(({ multiplyAdds }) => quantity(multiplyAdds)),
        ...paper(printed(published?.multiplyAddsB, "B")),
      ],
      ...shares.map(({ name, title }) => [
        title,
        ...byShare.map((share, index) => (cell: Cell) => {
          cell
            .text(percent(share[name], networks[index]!.multiplyAdds))
            .append("span")
            .attr("class", `bar ${name}`)
            .attr("aria-hidden", "true")
            .style("width", `${((share[name] / most) * 100).toFixed(1)}%`);
        }),
        ...paper(""),
      ]),
      ...(published || edited ? [[...ap, ...paper(published?.AP.toFixed(1) ?? "")]] : []),
    ],
  });
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)}%`;
}

/** A published number with the decimals that the paper prints; it prints two below three. */
function printed(value: number | null | undefined, unit: "M" | "B"): string {
  return value == null ? "–" : `${value.toFixed(value < 3 ? 2 : 1)}\u00a0${unit}`;
}
