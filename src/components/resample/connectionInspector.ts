import { create } from "d3";
import type { Connection } from "../../architecture/costs/connections.js";
import { descriptionOf } from "../../architecture/costs/description.js";
import { smallConnectionOf } from "../../architecture/drawing/smallConnection.js";
import { modelByName } from "../../architecture/families/named.js";
import type { BlockKind, Model } from "../../architecture/model/model.js";
import type { ResamplingEngine } from "../../messages/resampling.js";
import { kindNames } from "../diagram/blockShape.js";
import { whenSized } from "../page/whenSized.js";
import { alphas, type ResampleState } from "./address.js";
import { type ConnectionChooser, connectionChooser, connectionSelect } from "./connectionChooser.js";
import { connectionCosts } from "./connectionCosts.js";
import { operationsFigure } from "./operationsFigure.js";
import { operationsTable, operationsTotal } from "./operationsTable.js";
import { smallMaps } from "./smallMaps.js";
import { connectionTitle } from "./words.js";

export interface ConnectionInspectorOptions {
  readonly state: ResampleState;
  readonly resampler: ResamplingEngine;
  /** In pixels, until the element is laid out. */
  readonly width?: number;
  readonly changed?: (state: ResampleState) => void;
}

export interface ConnectionInspector {
  /** The diagram, its controls, the steps and their costs. */
  readonly operations: HTMLElement;
  /** The same connection with a small map. */
  readonly pixels: HTMLElement;
}

/** A network with one connection's block types changed, as the page's reader asks. */
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

/** One connection of SpineNet-49 at a time: chosen in the diagram, shown step by step, priced, and tried on pixels. */
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
  const figure = create<HTMLElement>("figure").attr("class", "resampling-glass wide");
  const drawing = figure.append("div").attr("class", "edge-drawing").node()!;
  const controls = figure.append("form").attr("class", "edge-controls");
  controls.on("submit", (event: Event) => event.preventDefault());
  const operationsPlace = figure.append("div").attr("class", "edge-steps-place").node()!;
  // One for all connections, so that a table once opened stays open while the reader goes on to another.
  const folded = figure.append<HTMLDetailsElement>("details");
  folded.append("summary").text("The same as a table");
  const tablePlace = folded.append("div").node()!;
  const tableDetails = folded.node()!;
  const costsPlace = figure.append("div").node()!;
  const pixels = smallMaps(resampler);

  const indexOf = ({ from, to }: ResampleState): number =>
    connections.findIndex((connection) => connection.from === from && connection.to === to);
  const choose = (index: number): void => {
    const { from, to } = connections[index]!;
    update({ ...state, from, to, parent: null, target: null });
  };
  const select = connectionSelect(connections, indexOf(state), choose);
  controls
    .append("label")
    .text("Connection ")
    .append(() => select);
  const alphaLabel = controls.append("label").text("α ");
  const alpha = alphaLabel
    .append("input")
    .attr("type", "range")
    .attr("min", alphas.from)
    .attr("max", alphas.to)
    .attr("step", alphas.step)
    .attr("aria-label", "Resampling factor α")
    .property("value", state.alpha)
    .on("input", () => update({ ...state, alpha: Number(alpha.property("value")) }));
  const alphaShown = alphaLabel.append("output");
  const kindSelect = (end: "parent" | "target", label: string) => {
    const kind = controls.append("label").text(`${label} `).append("select");
    for (const name of ["bottleneck", "residual"] as const) {
      kind.append("option").attr("value", name).text(kindNames[name]);
    }
    kind.on("input", () => {
      const picked: BlockKind = kind.property("value") === "residual" ? "residual" : "bottleneck";
      const own = published.blocks[end === "parent" ? state.from : state.to]!.kind;
      update({ ...state, [end]: picked === own ? null : picked });
    });
    return kind;
  };
  const parent = kindSelect("parent", "Parent");
  const target = kindSelect("target", "Target");

  const draw = (): void => {
    chooser = connectionChooser(published, { width, chosen: indexOf(state), changed: choose });
    drawing.replaceChildren(chooser.element);
  };
  const show = (): void => {
    const index = indexOf(state);
    const model = editedModel(state);
    const description = descriptionOf(model);
    const connection = description.connections[index]!;
    const [from, to] = [description.blocks[state.from]!, description.blocks[state.to]!];
    chooser?.choose(index);
    select.value = String(index);
    alphaShown.text(String(state.alpha));
    parent.property("value", from.kind);
    target.property("value", to.kind);
    const { operations } = connection;
    alpha.attr("aria-valuetext", `${state.alpha}: ${operationsTotal(operations)}`);
    const title = `Connection ${connectionTitle(connection)}, α ${state.alpha}`;
    if (operations.length === 0) {
      operationsPlace.replaceChildren(paragraph(passedWords(connection)));
      tableDetails.hidden = true;
      costsPlace.replaceChildren();
    } else {
      operationsPlace.replaceChildren(
        operationsFigure(operations, { width, levels: [from.level, to.level], title }),
      );
      tableDetails.hidden = false;
      tablePlace.replaceChildren(operationsTable(operations, title));
      costsPlace.replaceChildren(connectionCosts([operations], "The same connection, made otherwise"));
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
  return { operations: figure.node()!, pixels: pixels.element };
}

function passedWords({ kind, from, to }: Connection): string {
  return kind === "dangling"
    ? `Nobody else reads block ${from}, so block ${to} adds its map as it is: no step, no cost.`
    : `Block ${to} of the stem follows block ${from} and reads its map as it is: no step, no cost.`;
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}
