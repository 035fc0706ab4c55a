import { html } from "htl";
import type { Description } from "../../architecture/costs/description.js";
import type { PresetName } from "../../architecture/families/presets.js";
import type { Model } from "../../architecture/model/model.js";
import { messageOf } from "../../messages/messageOf.js";
import type { PublishedNetworks } from "../../pageData/permute.js";
import { shownText } from "../../text/shownText.js";
import { receiveDrops } from "../page/fileDrop.js";
import type { PageAddress } from "../page/state/pageUrl.js";
import { urlState } from "../page/state/urlState.js";
import { differenceLegend, differenceSummary } from "./differenceWords.js";
import { PermuteDrawing } from "./drawing/drawing.js";
import { drawingLegend } from "./drawing/legend.js";
import { followWords } from "./followWords.js";
import { openModelFile } from "./openModelFile.js";
import { blockInspector, isNarrow } from "./panels/blockInspector.js";
import { costPanel } from "./panels/costPanel.js";
import { permuteKeyHelp } from "./panels/keyHelp.js";
import { presetPicker } from "./panels/presetPicker.js";
import { refusalNote } from "./panels/refusalNote.js";
import { ruleList } from "./panels/ruleList.js";
import { statusLine } from "./panels/statusLine.js";
import { permuteTable } from "./panels/table.js";
import { permuteToolbar } from "./panels/toolbar.js";
import type { Transition } from "./session/change.js";
import type { PermutedNetwork } from "./session/network.js";
import { PermuteSession } from "./session/session.js";
import { permuteAddress } from "./urlState.js";

interface PermuteOptions {
  /** The page's address, which holds the state. */
  readonly address: PageAddress;
  /** In pixels, until the editor is in a page and follows its own width. */
  readonly width?: number;
  readonly published?: PublishedNetworks;
}

interface PermuteValue {
  readonly preset: PresetName;
  readonly edited: boolean;
  readonly model: Model;
  readonly description: Description;
}

const hints = {
  wide: "Drag a block to another place or level. Choose one to change it below, or to drag a connection by its round handle to another block.",
  narrow:
    "Tap a block in the drawing, then change it here. Drag the chosen block, or tap the handle of a connection and then the block it should read.",
} as const;

/** What the words of the page's text point at in the drawing. */
const namedParts = {
  outputs: ".blocks > .output, .parts > .pyramid",
  residual: ".blocks > .residual",
  coarser: ".edges > .down",
  finer: ".edges > .up",
  same: ".edges > .same",
  dangling: ".edges > .dangling",
} as const;

/**
 * The editor for block diagrams: presets, the drawing, what was done or refused, the chosen block, costs, rules and a
 * table, all in step. Its `value` is the network; "input" is dispatched after each committed change.
 */
export function permute({
  address,
  width = 1120,
  published = {},
}: PermuteOptions): HTMLElement & { value: PermuteValue } {
  // Browsers refuse an address that changes too often.
  const state = urlState(permuteAddress, address, 120);
  const session = new PermuteSession(state.value, (transition, committed) => refresh(transition, committed));
  const narrow = isNarrow();
  const open = (file: File): void => {
    openModelFile(file).then(
      ({ model, preset }) =>
        session.open(model, preset, `${shownText(file.name)}: this is ${shownText(model.name)}.`),
      (error: Error) => session.say(messageOf(error), true),
    );
  };
  const presets = presetPicker(session);
  const toolbar = permuteToolbar(session, open);
  const drawing = new PermuteDrawing(session, width, (id) => table.point(id));
  const status = statusLine(session, () => session.chosen !== null && drawing.focus(session.chosen));
  const inspector = blockInspector(session);
  const costs = costPanel();
  const rules = ruleList();
  const table = permuteTable((id) => drawing.point(id));
  const note = refusalNote(drawing.node);
  const figure = html`<figure>${drawing.node}${drawingLegend()}${permuteKeyHelp()}${note.node}</figure>`;
  // On a phone the drawing is longer than the screen, and the inspector stays in sight.
  (narrow ? inspector.head : drawing.node).after(status.node);
  const element = Object.assign(
    html`<div class="permute">
      ${presets.node}${toolbar.node}${figure}
      <div class="permute-below">${inspector.node}${costs.node}${rules.node}</div>
      ${table.node}
    </div>`,
    { value: shownValue(session) },
  );

  let shown: PermutedNetwork | null = null;
  function refresh(transition: Transition, committed: boolean): void {
    const { network, chosen, comparison } = session;
    const { focused } = drawing;
    drawing.show(transition, comparison);
    for (const part of [inspector, toolbar, presets]) part.show();
    status.show(
      comparison
        ? `${differenceSummary(comparison.difference)} ${differenceLegend}`
        : hints[narrow ? "narrow" : "wide"],
    );
    note.show(drawing.dragging && session.message.refused ? session.message.text : null);
    if (network !== shown || committed) {
      costs.show(network, comparison?.other ?? null, published[network.preset] ?? null);
      rules.show(network.model);
      if (transition !== "preview") table.show(network.description, comparison?.difference);
    }
    table.choose(chosen);
    shown = network;
    if (transition !== "preview") {
      state.set(session.state);
      // Focus follows a block whose number changes, and stays where a removed one was.
      if (focused !== null) drawing.focus(chosen ?? Math.min(focused, network.keys.length - 1));
    }
    if (!committed) return;
    element.value = shownValue(session);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  undoByKeys(element, session);
  inspector.node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) drawing.focus(session.chosen ?? 0);
  });
  receiveDrops(element, ([file]) => file && open(file));
  followWords(document, drawing.node, namedParts);
  if (typeof ResizeObserver === "function") {
    new ResizeObserver(([entry]) => drawing.resize(Math.floor(entry!.contentRect.width))).observe(figure);
  }
  session.message = { text: state.problems.join(" "), refused: false, problem: state.problems.length > 0 };
  refresh("instant", true);
  return element;
}

function shownValue({ network: { preset, edited, model, description } }: PermuteSession): PermuteValue {
  return { preset, edited, model, description };
}

function undoByKeys(element: HTMLElement, session: PermuteSession): void {
  element.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) session.redo();
    else session.undo();
  });
}
