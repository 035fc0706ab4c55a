import { html } from "htl";
import type { Connection } from "../../architecture/costs/connections.js";
import { descriptionOf } from "../../architecture/costs/description.js";
import { smallConnectionOf } from "../../architecture/drawing/smallConnection.js";
import { modelByName } from "../../architecture/families/modelByName.js";
import type { BlockKind, Model } from "../../architecture/model/model.js";
import type { ResamplingEngine } from "../../messages/resampling.js";
import { kindNames } from "../diagram/blockShape.js";
import { whenSized } from "../page/whenSized.js";
import { type ConnectionChooser, connectionChooser, connectionSelect } from "./connectionChooser.js";
import { connectionCosts } from "./connectionCosts.js";
import { operationsFigure } from "./operationsFigure.js";
import { operationsTable, operationsTotal } from "./operationsTable.js";
import { smallMaps } from "./smallMaps.js";
import { alphas, type ResampleState } from "./urlState.js";
import { connectionTitle } from "./words.js";

interface ConnectionInspectorOptions {
  readonly state: ResampleState;
  readonly resampler: ResamplingEngine;
  /** In pixels, until the element is laid out. */
  readonly width?: number;
  readonly changed?: (state: ResampleState) => void;
}

interface ConnectionInspector {
  /** The diagram, its controls, the operations and their costs. */
  readonly operations: HTMLElement;
  /** The same connection with a small map. */
  readonly pixels: HTMLElement;
}

const kinds = ["bottleneck", "residual"] as const satisfies readonly BlockKind[];

/** A network with one connection's block types changed to the reader's choice. */
export function editedModel({ from, to, alpha, parent, target }: ResampleState): Model {
  const model = modelByName("spinenet-49", { alpha });
  const stem = model.backbone.stem.length;
  const changed = new Map<number, BlockKind>();
  if (parent !== null) changed.set(from, parent);
  if (target !== null) changed.set(to, target);
  return {
    ...model,
    backbone: {
      ...model.backbone,
      stem: model.backbone.stem.map((block, id) => ({ ...block, kind: changed.get(id) ?? block.kind })),
      blocks: model.backbone.blocks.map((block, id) => ({
        ...block,
        kind: changed.get(id + stem) ?? block.kind,
      })),
    },
  };
}

/** One connection of SpineNet-49 at a time: chosen in the diagram, shown operation by operation with its costs, and run on a small map. */
export function connectionInspector({
  state: given,
  resampler,
  width: givenWidth = 960,
  changed,
}: ConnectionInspectorOptions): ConnectionInspector {
  const published = descriptionOf(modelByName("spinenet-49"));
  const { connections } = published;
  let state = given;
  let width = givenWidth;
  let chooser: ConnectionChooser | null = null;
  const indexOf = ({ from, to }: ResampleState): number =>
    connections.findIndex((connection) => connection.from === from && connection.to === to);
  const choose = (index: number): void => {
    const { from, to } = connections[index]!;
    update({ ...state, from, to, parent: null, target: null });
  };
  const select = connectionSelect(connections, indexOf(state), choose);
  const alpha = html<HTMLInputElement>`<input type="range" min=${alphas.from} max=${alphas.to} step=${alphas.step} aria-label="Resampling factor α">`;
  alpha.addEventListener("input", () => update({ ...state, alpha: Number(alpha.value) }));
  const alphaShown = html`<output></output>`;
  const kindSelect = (end: "parent" | "target"): HTMLSelectElement => {
    const menu = html<HTMLSelectElement>`<select>${kinds.map((kind) => html`<option value=${kind}>${kindNames[kind]}</option>`)}</select>`;
    menu.addEventListener("input", () => {
      const picked = kinds.find((kind) => kind === menu.value) ?? null;
      const own = published.blocks[end === "parent" ? state.from : state.to]!.kind;
      update({ ...state, [end]: picked === own ? null : picked });
    });
    return menu;
  };
  const [parent, target] = [kindSelect("parent"), kindSelect("target")];
  const drawing = html`<div class="edge-drawing"></div>`;
  const operationsPlace = html`<div class="edge-steps-place"></div>`;
  const tablePlace = html`<div></div>`;
  // Shared by all connections, so that an open table stays open when the reader chooses another connection.
  const folded = html`<details><summary>The same as a table</summary>${tablePlace}</details>`;
  const costsPlace = html`<div></div>`;
  const pixels = smallMaps(resampler);

  const draw = (): void => {
    chooser = connectionChooser(published, { width, chosen: indexOf(state), changed: choose });
    drawing.replaceChildren(chooser.element);
  };
  const show = (): void => {
    const index = indexOf(state);
    const model = editedModel(state);
    const { blocks, connections } = descriptionOf(model);
    const connection = connections[index]!;
    const { operations } = connection;
    const [from, to] = [blocks[state.from]!, blocks[state.to]!];
    chooser?.choose(index);
    select.value = String(index);
    alpha.value = alphaShown.textContent = String(state.alpha);
    alpha.setAttribute("aria-valuetext", `${state.alpha}: ${operationsTotal(operations)}`);
    parent.value = from.kind;
    target.value = to.kind;
    const title = `Connection ${connectionTitle(connection)}, α ${state.alpha}`;
    folded.hidden = operations.length === 0;
    if (operations.length === 0) {
      operationsPlace.replaceChildren(html`<p>${passedWords(connection)}</p>`);
      costsPlace.replaceChildren();
    } else {
      const levels = [from.level, to.level] as const;
      operationsPlace.replaceChildren(operationsFigure(operations, { width, levels, title }));
      tablePlace.replaceChildren(operationsTable(operations, title));
      costsPlace.replaceChildren(connectionCosts([operations], "The same connection, built in other ways"));
    }
    pixels.show(smallConnectionOf(connection, { alpha: state.alpha, parent: from.kind, target: to.kind }));
  };
  const update = (next: ResampleState): void => {
    state = next;
    show();
    changed?.(state);
  };
  draw();
  show();
  whenSized(drawing, (now) => {
    if (now === width) return;
    width = now;
    draw();
    show();
  });
  const operations = html`<figure class="resampling-glass wide">
    ${drawing}
    <form class="edge-controls" ${{ onsubmit: (event: Event) => event.preventDefault() }}>
      <label>Connection ${select}</label>
      <label>α ${alpha}${alphaShown}</label>
      <label>Parent ${parent}</label>
      <label>Target ${target}</label>
    </form>
    ${operationsPlace}${folded}${costsPlace}
  </figure>`;
  return { operations, pixels: pixels.element };
}

function passedWords({ kind, from, to }: Connection): string {
  return kind === "dangling"
    ? `No other block reads block ${from}, so block ${to} adds its map unchanged: no operations, no cost.`
    : `Block ${to} of the stem follows block ${from} and reads its map unchanged: no operations, no cost.`;
}
