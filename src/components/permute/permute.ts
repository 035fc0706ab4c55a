import { create } from "d3";
import { type Description, descriptionOf } from "../../architecture/costs/description.js";
import { addBlock } from "../../architecture/edit/addBlock.js";
import { changeKind, changeLevel, changeOutput } from "../../architecture/edit/changeBlock.js";
import { changeParents } from "../../architecture/edit/changeConnection.js";
import type { EditResult } from "../../architecture/edit/edit.js";
import { moveBlock } from "../../architecture/edit/moveBlock.js";
import { removeBlock } from "../../architecture/edit/removeBlock.js";
import { type PresetName, presetByName } from "../../architecture/families/presets.js";
import type { Model } from "../../architecture/model/model.js";
import type { PublishedNetworks } from "../../pageData/permute.js";
import type { PageAddress } from "../page/state/address.js";
import { addressState } from "../page/state/addressState.js";
import { permuteAddress } from "./address.js";
import { blockInspector, isNarrow } from "./blockInspector.js";
import type { Manner } from "./change.js";
import { costPanel } from "./costPanel.js";
import { differenceLegend, differenceSummary } from "./differenceWords.js";
import { PermuteDrawing } from "./drawing.js";
import { drawingLegend } from "./drawingLegend.js";
import { fileName, jsonFile, pngFile, save, svgFile } from "./exportNetwork.js";
import { followWords } from "./followWords.js";
import { permuteKeyHelp } from "./keyHelp.js";
import { openModelFile } from "./openModelFile.js";
import { playSeries } from "./playSeries.js";
import { presetPicker } from "./presetPicker.js";
import { refusalNote } from "./refusalNote.js";
import { ruleList } from "./ruleList.js";
import { PermuteSession } from "./session.js";
import { statusLine } from "./statusLine.js";
import { permuteTable } from "./table.js";
import { type ExportKind, permuteToolbar } from "./toolbar.js";

export interface PermuteOptions {
  /** The page's address, which holds the state. */
  readonly address: PageAddress;
  /** In pixels, until the instrument is in a page and follows its own width. */
  readonly width?: number;
  readonly published?: PublishedNetworks;
}

export interface PermuteValue {
  readonly preset: PresetName;
  readonly edited: boolean;
  readonly model: Model;
  readonly description: Description;
}

const hints = {
  wide: "Drag a block to another place or level. Choose one to change it below, or to drag a connection by its round handle to another block.",
  narrow:
    "Tap a block in the drawing, then change it here. Drag the chosen block, or tap the handle of a connection and then the block to read.",
} as const;

/** What words of the page's text stand for in the drawing. */
const namedParts = {
  outputs: ".blocks > .output, .parts > .pyramid",
  residual: ".blocks > .residual",
  coarser: ".edges > .down",
  finer: ".edges > .up",
  same: ".edges > .same",
  dangling: ".edges > .dangling",
} as const;

/**
 * The block diagram as an instrument: presets, the drawing, what was done or refused, the chosen block, costs, rules and
 * a table, in step. Its `value` is the network; "input" tells of each change that stays.
 */
export function permute({
  address,
  width = 1120,
  published = {},
}: PermuteOptions): HTMLElement & { value: PermuteValue } {
  // Browsers refuse an address that changes with every key of a fast hand.
  const state = addressState(permuteAddress, address, 120);
  const session = new PermuteSession(state.value, (manner, stays) => refresh(manner, stays));
  const narrow = isNarrow();
  const instrument = create<HTMLElement>("div").attr("class", "permute");
  const resNet = descriptionOf(presetByName("resnet-50-fpn"));

  const series = playSeries(
    (name) => session.open(presetByName(name), name),
    () => refresh("at once", false),
  );
  const presets = presetPicker({
    chosen: (name) => {
      series.stop();
      session.open(presetByName(name), name);
    },
    played: () => series.toggle(),
  });
  const open = (file: File): void => {
    openModelFile(file).then(
      ({ model, preset }) => session.open(model, preset, `${file.name}: this is ${model.name}.`),
      (error: Error) => session.say(error.message, true),
    );
  };
  const toolbar = permuteToolbar({
    undo: () => session.undo(),
    redo: () => session.redo(),
    reset: () => session.open(presetByName(session.network.preset), session.network.preset),
    exported: (kind) => exported(kind).catch((error: Error) => session.say(error.message, true)),
    opened: open,
    against: (name) => session.compare(name),
    makeWay: (on) => {
      session.makesWay = on;
    },
  });
  const status = statusLine(() => {
    session.takeOffer();
    // The button is gone; what it changed is in the drawing.
    if (session.chosen !== null) drawing.focus(session.chosen);
  });
  const drawing = new PermuteDrawing(session.network, width, {
    lifted: () => session.lifted,
    chosen: (id) => session.choose(id),
    unchosen: () => session.choose(null),
    lift: (id) => session.lift(id),
    putDown: () => session.putDown(),
    putBack: () => withFocus(() => session.putBack()),
    stepOrder: (by) => withFocus(() => session.chosen !== null && session.stepOrder(session.chosen, by)),
    stepLevel: (by) => session.chosen !== null && session.stepLevel(session.chosen, by),
    remove: (id) => withFocus(() => session.edit((model) => removeBlock(model, id)), id),
    left: () => session.putDown(),
    held: (id, place) => session.hold(id, place),
    pointed: (id) => table.point(id),
    take: (id, place, by) => session.take(id, place, by),
    takeOther: () => session.takeOther(),
    lead: (to) => session.lead(to),
    step: (by) => session.step(by),
    set: () => session.set(),
    takeAway: () => session.takeAway(),
    dropped: () => withFocus(() => session.drop()),
    cancelled: () => withFocus(() => session.cancelHold()),
  });
  /** What a button changes is no part of what the keyboard has in hand. */
  const edit = (make: (model: Model) => EditResult): void => {
    session.putDown();
    session.edit(make);
  };
  const inspector = blockInspector({
    chosen: (id) => session.choose(id),
    moved: (id, by) => edit((model) => moveBlock(model, id, id + by)),
    levelled: (id, by) => edit((model) => changeLevel(model, id, levelOf(session, id) + by)),
    kind: (id, kind) => edit((model) => changeKind(model, id, kind)),
    parents: (id, parents) => edit((model) => changeParents(model, id, parents)),
    output: (id, output) => edit((model) => changeOutput(model, id, output)),
    added: (id) => edit((model) => addBlock(model, id)),
    removed: (id) => edit((model) => removeBlock(model, id)),
  });
  const costs = costPanel();
  const rules = ruleList();

  const figure = create<HTMLElement>("figure").node()!;
  const table = permuteTable((id) => drawing.point(id));
  const below = create<HTMLElement>("div").attr("class", "permute-below").node()!;
  below.append(inspector.node, costs.node, rules.node);
  const note = refusalNote(drawing.node);
  figure.append(drawing.node, drawingLegend(), permuteKeyHelp(), note.node);
  // On a phone the drawing is longer than the screen, and the inspector stays in sight.
  if (narrow) inspector.head.after(status.node);
  else drawing.node.after(status.node);
  instrument.node()!.append(presets.node, toolbar.node, figure, below, table.node);
  const element = Object.assign(instrument.node()!, { value: networkShown(session) });

  // From the controls back to what they change.
  inspector.node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) drawing.focus(session.chosen ?? 0);
  });

  /** Focus follows a block that got another number, or stays where a removed one was. */
  function withFocus(act: () => void, instead = 0): void {
    const inside = drawing.node.contains(document.activeElement);
    act();
    if (inside) drawing.focus(session.chosen ?? Math.min(instead, session.network.keys.length - 1));
  }

  function refresh(manner: Manner, stays: boolean): void {
    const { network, chosen, comparison } = session;
    if (network !== shown || manner === "morph") drawing.show(network, manner);
    drawing.mark(chosen, comparison, session.connection);
    inspector.show(network, chosen);
    status.show(
      session.message,
      comparison
        ? `${differenceSummary(comparison.difference)} ${differenceLegend}`
        : hints[narrow ? "narrow" : "wide"],
    );
    const dragging = drawing.node.classList.contains("dragging");
    note.show(dragging && session.message.refused ? session.message.text : null);
    toolbar.show({
      canUndo: session.canUndo,
      canRedo: session.canRedo,
      edited: network.edited,
      against: session.against,
    });
    presets.show({ preset: network.preset, edited: network.edited, playing: series.playing });
    if (network !== shown || stays) {
      costs.show({
        network: network.description,
        beside: comparison ? [resNet, comparison.other] : [resNet],
        published: published[network.preset] ?? null,
        edited: network.edited,
      });
      rules.show(network.model);
      // A drag goes on above; the table is told once it ends.
      if (manner !== "held") table.show(network.description, comparison?.difference);
    }
    table.choose(chosen);
    shown = network;
    if (manner !== "held") state.set(session.state);
    if (!stays) return;
    element.value = networkShown(session);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function exported(kind: ExportKind): Promise<void> {
    const { model, description } = session.network;
    const content =
      kind === "png"
        ? await pngFile(description)
        : kind === "svg"
          ? new Blob([svgFile(description)], { type: "image/svg+xml" })
          : new Blob([jsonFile(model)], { type: "application/json" });
    save(content, fileName(model, kind));
    session.say(`Saved as ${fileName(model, kind)}.`);
  }

  let shown: unknown = null;
  instrument.on("keydown", (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    withFocus(() => (key === "y" || event.shiftKey ? session.redo() : session.undo()));
  });
  acceptDrops(element, open);
  followWords(document, drawing.node, namedParts);
  if (typeof ResizeObserver === "function") {
    new ResizeObserver(([entry]) => drawing.resize(Math.floor(entry!.contentRect.width))).observe(figure);
  }
  session.message = { text: state.problems.join(" "), refused: false, problem: state.problems.length > 0 };
  refresh("at once", true);
  return element;
}

function levelOf({ network }: PermuteSession, id: number): number {
  return network.description.blocks[id]!.level;
}

function networkShown({ network: { preset, edited, model, description } }: PermuteSession): PermuteValue {
  return { preset, edited, model, description };
}

/** Lets a model JSON be dropped on an element. */
function acceptDrops(element: HTMLElement, open: (file: File) => void): void {
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("dropping");
  });
  element.addEventListener("dragleave", () => element.classList.remove("dropping"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    element.classList.remove("dropping");
    const file = event.dataTransfer?.files[0];
    if (file) open(file);
  });
}
