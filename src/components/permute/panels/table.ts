import { html } from "htl";
import type { Description } from "../../../architecture/costs/description.js";
import type { Difference } from "../../../architecture/graph/difference.js";
import { blockTable } from "./blockTable.js";

interface PermuteTable {
  readonly node: HTMLElement;
  show(description: Description, difference?: Difference): void;
  /** Marks the chosen block's row, or none. */
  choose(id: number | null): void;
  /** Marks the row of a block that is pointed at, or none. */
  point(id: number | null): void;
}

/**
 * The drawing as a table, folded until it is asked for.
 *
 * @param pointed called with the block whose row is pointed at, or null
 */
export function permuteTable(pointed: (id: number | null) => void): PermuteTable {
  const place = html`<div></div>`;
  const rowOf = (target: EventTarget | null): HTMLElement | null =>
    target instanceof Element ? target.closest<HTMLElement>("tr[data-id]") : null;
  place.addEventListener("pointerover", ({ target }) => {
    const row = rowOf(target);
    pointed(row === null ? null : Number(row.dataset.id));
  });
  place.addEventListener("pointerleave", () => pointed(null));
  const mark = (name: "chosen" | "pointed", id: number | null): void => {
    for (const row of place.querySelectorAll<HTMLElement>("tr[data-id]")) {
      row.classList.toggle(name, row.dataset.id === String(id));
    }
  };
  return {
    node: html`<details class="permute-table"><summary>The same as a table</summary>${place}</details>`,
    show(description, difference) {
      place.replaceChildren(blockTable(description, difference));
    },
    choose: (id) => mark("chosen", id),
    point: (id) => mark("pointed", id),
  };
}
