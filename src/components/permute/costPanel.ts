import { create } from "d3";
import type { Description } from "../../architecture/costs/description.js";
import type { PublishedNetwork } from "../../pageData/permute.js";
import { quantity } from "../tables/quantity.js";
import { type Cell, numbers, scrollRegion, table } from "../tables/table.js";

export interface CostPanelState {
  readonly network: Description;
  /** Networks beside it: ResNet-50-FPN, and the one it is compared with. */
  readonly beside: readonly Description[];
  /** Of the preset that it is or began as; null where the paper gives none. */
  readonly published: PublishedNetwork | null;
  readonly edited: boolean;
}

export interface CostPanel {
  readonly node: HTMLElement;
  show(state: CostPanelState): void;
}

const caption = "Costs beside other networks'";

/** What a network's multiply-adds go into, in the order of the bars. */
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

/** Parameters and multiply-adds of a network beside others', and beside what the paper says. */
export function costPanel(): CostPanel {
  const panel = create<HTMLElement>("section")
    .attr("class", "cost-panel")
    .attr("aria-label", "What it costs");
  panel.append("h2").text("What it costs");
  const region = scrollRegion(caption);
  panel.append(() => region);
  const note = panel.append("p").attr("class", "cost-note");
  return {
    node: panel.node()!,
    show(state) {
      const { network, beside, published } = state;
      const columns = [network, ...beside].filter(
        ({ model }, index, all) => all.findIndex((other) => other.model === model) === index,
      );
      region.replaceChildren(costTable(columns, state));
      note.text(
        `At ${network.size.join("×")} pixels with ${network.classes} classes; shares are of multiply-adds` +
          `${columns.some(({ size }) => size[0] !== network.size[0]) ? ", each network at its own size" : ""}.` +
          (published
            ? ` Paper: ${published.source}; AP on ${published.measured}.`
            : " The paper gives no costs of it."),
      );
    },
  };
}

function costTable(networks: readonly Description[], { published, edited }: CostPanelState): HTMLElement {
  const paper = (text: string) => (published ? [text] : []);
  const most = Math.max(...networks.map(({ multiplyAdds }) => multiplyAdds));
  const byShare = networks.map(costShares);
  const ap = ["AP", ...networks.map((_, index) => (index === 0 && edited ? "only training tells" : ""))];
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
