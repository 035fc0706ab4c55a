import { html } from "htl";
import type { Description } from "../../../architecture/costs/description.js";
import { addBlock } from "../../../architecture/edit/addBlock.js";
import { changeKind, changeLevel, changeOutput } from "../../../architecture/edit/changeBlock.js";
import { changeParents } from "../../../architecture/edit/changeConnection.js";
import type { EditResult } from "../../../architecture/edit/draft.js";
import { moveBlock } from "../../../architecture/edit/moveBlock.js";
import { removeBlock } from "../../../architecture/edit/removeBlock.js";
import type { Model } from "../../../architecture/model/model.js";
import { quantity } from "../../tables/quantity.js";
import type { PermuteSession } from "../session/session.js";
import { blockDetail } from "./blockDetail.js";

interface BlockInspector {
  readonly node: HTMLElement;
  /** Its heading, which folds it. */
  readonly head: HTMLElement;
  /** Shows the chosen block, or the whole network where none is chosen. */
  show(): void;
}

interface BlockControls {
  readonly node: HTMLFieldSetElement;
  show(): void;
}

/**
 * Details of the chosen block, and every edit to it by button and menu, for fingers and for readers who do not drag. Its
 * elements stay while their values change, so that focus stays.
 */
export function blockInspector(session: PermuteSession): BlockInspector {
  // On a phone it covers part of the drawing, so it stays folded until a block is chosen.
  let opensItself = isNarrow();
  const keepFolding = (): void => {
    opensItself = false;
  };
  const step = (by: 1 | -1): void => {
    const last = session.network.keys.length - 1;
    const { chosen } = session;
    session.choose(chosen === null ? (by > 0 ? 0 : last) : Math.min(last, Math.max(0, chosen + by)));
  };
  const name = document.createTextNode("");
  const totals = html`<span class="totals"></span>`;
  const head = html`<summary ${{ onclick: keepFolding }}>${name}${totals}</summary>`;
  const controls = blockControls(session);
  const detail = html`<div class="block-detail-place"></div>`;
  const node = html<HTMLDetailsElement>`<details class="block-inspector" open=${!opensItself}>
    ${head}
    ${row(
      "Block",
      button("‹ Previous", "Choose the previous block", () => step(-1)),
      button("Next ›", "Choose the next block", () => step(1)),
    )}
    ${controls.node}
    ${detail}
  </details>`;
  node.querySelector(".control")!.classList.add("pick");
  return {
    node,
    head,
    show() {
      const { chosen, network } = session;
      const { description } = network;
      if (chosen !== null && opensItself) node.open = true;
      name.data = chosen === null ? "No block chosen" : `Block ${chosen}`;
      // On a phone the costs are out of sight while a block is changed.
      totals.textContent = `${quantity(description.parameters.trainable)}, ${quantity(description.multiplyAdds)} in all`;
      detail.replaceChildren(blockDetail(description, chosen));
      controls.show();
    },
  };
}

function blockControls(session: PermuteSession): BlockControls {
  /** An edit by a control does not go through whatever the keyboard has in hand. */
  const edit = (make: (model: Model, id: number) => EditResult) => (): void => {
    const { chosen } = session;
    if (chosen === null) return;
    session.putDown();
    session.edit((model) => make(model, chosen));
  };
  const blockAt = (id: number) => session.network.description.blocks[id]!;
  const move = (by: 1 | -1) => edit((model, id) => moveBlock(model, id, id + by));
  const rescale = (by: 1 | -1) => edit((model, id) => changeLevel(model, id, blockAt(id).level + by));

  const earlier = button("Earlier", "Move the block earlier", move(-1));
  const later = button("Later", "Move the block later", move(1));
  const finer = button("Finer", "Move the block to the next finer level", rescale(-1));
  const coarser = button("Coarser", "Move the block to the next coarser level", rescale(1));
  const kind = html<HTMLButtonElement>`<button type="button" ${{
    onclick: edit((model, id) =>
      changeKind(model, id, blockAt(id).kind === "residual" ? "bottleneck" : "residual"),
    ),
  }}></button>`;
  const parents = ["First block it reads", "Second block it reads"].map(
    (label) => html<HTMLSelectElement>`<select aria-label=${label}></select>`,
  );
  for (const menu of parents) {
    menu.onchange = edit((model, id) => {
      const chosen = parents.flatMap(({ value }) => (value === "" ? [] : [Number(value)]));
      return changeParents(model, id, chosen);
    });
  }
  const output = html<HTMLInputElement>`<input type="checkbox" aria-label="Output">`;
  output.onchange = edit((model, id) => changeOutput(model, id, output.checked));
  const add = button("Add a block after it", "Add a block after it", edit(addBlock));
  const remove = button("Remove", "Remove the block", edit(removeBlock));
  const node = html<HTMLFieldSetElement>`<fieldset class="block-controls">
    <legend>Change the chosen block</legend>
    ${row("Order", earlier, later)}
    ${row("Level", finer, coarser)}
    ${row("Kind", kind)}
    ${row("Reads", ...parents)}
    ${row("Output", html`<label>${output}<span> read by the head</span></label>`)}
    ${row("Blocks", add, remove)}
  </fieldset>`;
  return {
    node,
    show() {
      const { chosen, network } = session;
      const block = chosen === null ? null : blockAt(chosen);
      node.disabled = block === null;
      kind.textContent =
        block === null
          ? "Bottleneck or residual"
          : block.kind === "residual"
            ? "Make it a bottleneck"
            : "Make it residual";
      kind.disabled = block?.kind === "mbconv";
      output.checked = block?.output !== undefined;
      parents.forEach((menu, place) => {
        fillParents(menu, place, network.description, chosen);
      });
      // Not disabled: a disabled button would drop the focus, and the refusal explains why nothing happens.
      earlier.classList.toggle("useless", chosen === null || chosen === 0);
      later.classList.toggle("useless", chosen === null || chosen === network.keys.length - 1);
      for (const control of [finer, coarser]) control.classList.toggle("useless", chosen === null);
    },
  };
}

function row(label: string, ...controls: readonly HTMLElement[]): HTMLElement {
  return html`<div class="control"><span class="label" aria-hidden="true">${label}</span>${controls}</div>`;
}

function button(text: string, label: string, act: () => void): HTMLButtonElement {
  return html`<button type="button" aria-label=${label} ${{ onclick: act }}>${text}</button>`;
}

/** True on a phone. */
export function isNarrow(): boolean {
  return globalThis.matchMedia?.("(max-width: 40rem)").matches ?? false;
}

/** All earlier blocks, with their levels; the second parent is optional. */
function fillParents(
  menu: HTMLSelectElement,
  place: number,
  { blocks, family }: Description,
  id: number | null,
): void {
  const parents = id === null ? [] : blocks[id]!.parents;
  const earlier = blocks.filter((block) => id !== null && block.id < id);
  const isRequired = place === 0 && parents.length > 0;
  menu.replaceChildren(
    ...(isRequired ? [] : [html`<option value="">nothing</option>`]),
    ...earlier.map((block) => html`<option value=${block.id}>${block.id} (L${block.level})</option>`),
  );
  menu.value = String(parents[place] ?? "");
  menu.disabled = family === "resnet";
}
