import { create } from "d3";
import type { Description } from "../../architecture/costs/description.js";
import type { PublishedNetwork } from "../../pageData/permute.js";
import { quantity } from "../tables/quantity.js";

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
  const region = panel.append("div").attr("class", "scroll").attr("role", "region").attr("tabindex", 0);
  region.attr("aria-label", "Costs beside other networks'");
  const table = region.append("table");
  const head = table.append("thead").append("tr");
  const body = table.append("tbody");
  const note = panel.append("p").attr("class", "cost-note");
  return {
    node: panel.node()!,
    show({ network, beside, published, edited }) {
      const columns = [network, ...beside].filter(
        ({ model }, index, all) => all.findIndex((other) => other.model === model) === index,
      );
      const paper = published ? [edited ? `paper: ${published.model}` : "paper"] : [];
      const titles = [
        "cost",
        ...columns.map(({ model }, index) => (index === 0 ? "this network" : model)),
        ...paper,
      ];
      head
        .selectAll("th")
        .data(titles)
        .join("th")
        .attr("scope", "col")
        .classed("number", (_, index) => index > 0)
        .text((title) => title);
      const most = Math.max(...columns.map(({ multiplyAdds }) => multiplyAdds));
      const byShare = columns.map(costShares);
      const rows: Row[] = [
        {
          name: "parameters",
          cells: columns.map(({ parameters }) => quantity(parameters.trainable)),
          ...(published ? { paper: printed(published.parametersM, "M") } : {}),
        },
        {
          name: "multiply-adds",
          cells: columns.map(({ multiplyAdds }) => quantity(multiplyAdds)),
          ...(published ? { paper: printed(published.multiplyAddsB, "B") } : {}),
        },
        ...shares.map(({ name, title }) => ({
          name: title,
          bar: name,
          cells: byShare.map((share, index) => percent(share[name], columns[index]!.multiplyAdds)),
          bars: byShare.map((share) => share[name] / most),
          ...(published ? { paper: "" } : {}),
        })),
        {
          name: "AP",
          cells: columns.map((_, index) => (index === 0 && edited ? "only training tells" : "")),
          ...(published ? { paper: published.AP.toFixed(1) } : {}),
        },
      ].filter(({ name }) => name !== "AP" || published !== null || edited);
      drawRows(body.node()!, rows);
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

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
  readonly bar?: Share;
  readonly bars?: readonly number[];
  readonly paper?: string;
}

function drawRows(body: HTMLElement, rows: readonly Row[]): void {
  body.replaceChildren(
    ...rows.map(({ name, cells, bar, bars, paper }) => {
      const row = create("tr");
      row.append("th").attr("scope", "row").text(name);
      cells.forEach((text, index) => {
        const cell = row.append("td").attr("class", "number").text(text);
        if (bar === undefined) return;
        cell
          .append("span")
          .attr("class", `bar ${bar}`)
          .attr("aria-hidden", "true")
          .style("width", `${((bars?.[index] ?? 0) * 100).toFixed(1)}%`);
      });
      if (paper !== undefined) row.append("td").attr("class", "number").text(paper);
      return row.node()!;
    }),
  );
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)}%`;
}

/** A published number with the decimals that the paper prints; it prints two below three. */
function printed(value: number | null, unit: "M" | "B"): string {
  return value === null ? "–" : `${value.toFixed(value < 3 ? 2 : 1)}\u00a0${unit}`;
}
