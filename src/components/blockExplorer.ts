import { create } from "d3";
import type { Description } from "../architecture/describe.js";
import { blockDetail } from "./blockDetail.js";
import { blockDiagram, chooseBlock } from "./blockDiagram.js";
import { blockTable } from "./blockTable.js";

export interface BlockExplorerOptions {
  /** In pixels. */
  readonly width?: number;
  /** Stands below the drawing. */
  readonly caption?: string;
}

/** Drawing, detail and table of one network, in step: a block chosen in the drawing or the table stands out in all. */
export function blockExplorer(
  description: Description,
  { width = 960, caption }: BlockExplorerOptions = {},
): HTMLElement {
  const explorer = create<HTMLElement>("div").attr("class", "block-explorer");
  const figure = explorer.append("figure").node()!;
  const drawing = blockDiagram(description, { width });
  figure.append(drawing);
  if (caption !== undefined) figure.append(create("figcaption").text(caption).node()!);
  const detail = create("div").attr("class", "block-detail-place").node()!;
  figure.append(detail);
  const table = explorer.node()!.appendChild(blockTable(description));

  const show = (id: number | null): void => {
    detail.replaceChildren(blockDetail(description, id));
    for (const row of table.querySelectorAll<HTMLElement>("[data-id]")) {
      row.classList.toggle("chosen", row.dataset.id === String(id));
    }
  };
  drawing.addEventListener("choose", (event) => {
    if (event instanceof CustomEvent) show(typeof event.detail === "number" ? event.detail : null);
  });
  for (const row of table.querySelectorAll<HTMLElement>("[data-id]")) {
    const choose = (id: number | null): void => {
      chooseBlock(drawing, id);
      show(id);
    };
    row.addEventListener("pointerenter", () => choose(Number(row.dataset.id)));
    row.addEventListener("pointerleave", () => choose(null));
  }
  show(null);
  return explorer.node()!;
}
