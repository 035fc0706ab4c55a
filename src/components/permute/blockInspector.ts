import { create } from "d3";
import type { Description } from "../../architecture/costs/description.js";
import { quantity } from "../tables/quantity.js";
import { blockDetail } from "./blockDetail.js";
import type { PermutedNetwork } from "./network.js";

export interface InspectorHandlers {
  chosen(id: number): void;
  moved(id: number, by: 1 | -1): void;
  levelled(id: number, by: 1 | -1): void;
  kind(id: number, kind: "bottleneck" | "residual"): void;
  parents(id: number, parents: readonly number[]): void;
  output(id: number, output: boolean): void;
  added(id: number): void;
  removed(id: number): void;
}

export interface BlockInspector {
  readonly node: HTMLElement;
  /** Its heading, which folds it. */
  readonly head: HTMLElement;
  /** Shows a block, or the whole network where none is chosen. */
  show(network: PermutedNetwork, id: number | null): void;
}

/**
 * What there is to know of the chosen block, and what can be done to it by button and menu: the way for fingers, and for
 * whoever does not drag. Its elements stay while their values change, so that focus stays.
 */
export function blockInspector(handlers: InspectorHandlers): BlockInspector {
  const box = create<HTMLDetailsElement>("details").attr("class", "block-inspector");
  // On a phone it lies over the drawing, so it waits for a block to be chosen.
  let opensItself = isNarrow();
  box.property("open", !opensItself);
  const heading = box.append("summary").on("click", () => {
    opensItself = false;
  });
  const controls = box.append("fieldset").attr("class", "block-controls");
  controls.append("legend").text("Change the chosen block");
  let shown: { network: PermutedNetwork; id: number } | null = null;
  const doing = (act: (id: number, network: PermutedNetwork) => void) => () => {
    if (shown) act(shown.id, shown.network);
  };
  const row = (label: string) => {
    const line = controls.append("div").attr("class", "control");
    line.append("span").attr("class", "label").attr("aria-hidden", "true").text(label);
    return line;
  };
  const button = (
    line: ReturnType<typeof row>,
    text: string,
    name: string,
    act: () => void,
  ): HTMLButtonElement =>
    line.append("button").attr("type", "button").attr("aria-label", name).text(text).on("click", act).node()!;

  const pick = box.insert("div", "fieldset").attr("class", "control pick");
  pick.append("span").attr("class", "label").attr("aria-hidden", "true").text("Block");
  const step = (by: 1 | -1) => () => {
    if (!network) return;
    const last = network.keys.length - 1;
    handlers.chosen(shown ? Math.min(last, Math.max(0, shown.id + by)) : by > 0 ? 0 : last);
  };
  let network: PermutedNetwork | null = null;
  button(pick, "‹ Previous", "Choose the previous block", step(-1));
  button(pick, "Next ›", "Choose the next block", step(1));

  const order = row("Order");
  const earlier = button(
    order,
    "Earlier",
    "Move the block earlier",
    doing((id) => handlers.moved(id, -1)),
  );
  const later = button(
    order,
    "Later",
    "Move the block later",
    doing((id) => handlers.moved(id, 1)),
  );
  const level = row("Level");
  const finer = button(
    level,
    "Finer",
    "Move the block to the next finer level",
    doing((id) => handlers.levelled(id, -1)),
  );
  const coarser = button(
    level,
    "Coarser",
    "Move the block to the next coarser level",
    doing((id) => handlers.levelled(id, 1)),
  );
  const kind = row("Kind");
  const toggle = kind.append("button").attr("type", "button").node()!;
  toggle.addEventListener(
    "click",
    doing((id, { description }) =>
      handlers.kind(id, description.blocks[id]!.kind === "residual" ? "bottleneck" : "residual"),
    ),
  );
  const reads = row("Reads");
  const [first, second] = ["First block it reads", "Second block it reads"].map(
    (name) => reads.append("select").attr("aria-label", name).node()!,
  ) as [HTMLSelectElement, HTMLSelectElement];
  const read = doing((id) => {
    const parents = [first, second].flatMap(({ value }) => (value === "" ? [] : [Number(value)]));
    handlers.parents(id, parents);
  });
  first.addEventListener("change", read);
  second.addEventListener("change", read);
  const mark = row("Output");
  const label = mark.append("label");
  const output = label.append("input").attr("type", "checkbox").attr("aria-label", "Output").node()!;
  label.append("span").text(" the head reads it");
  output.addEventListener(
    "change",
    doing((id) => handlers.output(id, output.checked)),
  );
  const list = row("Blocks");
  button(
    list,
    "Add a block behind it",
    "Add a block behind it",
    doing((id) => handlers.added(id)),
  );
  button(
    list,
    "Remove",
    "Remove the block",
    doing((id) => handlers.removed(id)),
  );

  const detail = box.append("div").attr("class", "block-detail-place").node()!;
  return {
    node: box.node()!,
    head: heading.node()!,
    show(next, id) {
      network = next;
      shown = id === null ? null : { network: next, id };
      const { description } = next;
      if (id !== null && opensItself) box.property("open", true);
      controls.property("disabled", id === null);
      heading.text(id === null ? "No block chosen" : `Block ${id}`);
      // On a phone the costs are out of sight while a block is changed.
      heading
        .append("span")
        .attr("class", "totals")
        .text(`${quantity(description.parameters.trainable)}, ${quantity(description.multiplyAdds)} in all`);
      detail.replaceChildren(blockDetail(description, id));
      const block = id === null ? null : description.blocks[id]!;
      toggle.textContent =
        block === null
          ? "Bottleneck or residual"
          : block.kind === "residual"
            ? "Make it a bottleneck"
            : "Make it residual";
      toggle.disabled = block?.kind === "mbconv";
      output.checked = block?.output !== undefined;
      fillParents([first, second], description, id);
      for (const [control, wanted] of [
        [earlier, id !== null && id > 0],
        [later, id !== null && id < next.keys.length - 1],
        [finer, block !== null],
        [coarser, block !== null],
      ] as const) {
        // Not disabled: a button that loses focus to nowhere leaves whoever pressed it nowhere, and a refusal explains.
        control.classList.toggle("useless", !wanted);
      }
    },
  };
}

/** True on a phone. */
export function isNarrow(): boolean {
  return globalThis.matchMedia?.("(max-width: 40rem)").matches ?? false;
}

/** All earlier blocks, with their levels; the second menu can be left without one. */
function fillParents(
  selects: readonly [HTMLSelectElement, HTMLSelectElement],
  { blocks, family }: Description,
  id: number | null,
): void {
  const parents = id === null ? [] : blocks[id]!.parents;
  selects.forEach((select, place) => {
    const options = [
      ...(place === 0 && parents.length > 0 ? [] : [{ value: "", text: "nothing" }]),
      ...blocks
        .filter((block) => id !== null && block.id < id)
        .map((block) => ({ value: String(block.id), text: `${block.id} (L${block.level})` })),
    ];
    select.replaceChildren(
      ...options.map(({ value, text }) => {
        const option = document.createElement("option");
        option.value = value;
        option.textContent = text;
        return option;
      }),
    );
    const parent = parents[place];
    select.value = parent === undefined ? "" : String(parent);
    select.disabled = family === "resnet";
  });
}
