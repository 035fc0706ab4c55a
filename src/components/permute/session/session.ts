import { type Description, descriptionOf } from "../../../architecture/costs/description.js";
import { changeLevel } from "../../../architecture/edit/changeBlock.js";
import { connectionPlaces, readNoMore } from "../../../architecture/edit/changeConnection.js";
import { type Edited, type EditResult, isRefused } from "../../../architecture/edit/draft.js";
import { moveBlock, placeBlock } from "../../../architecture/edit/moveBlock.js";
import { removeBlock } from "../../../architecture/edit/removeBlock.js";
import { type PresetName, presetByName } from "../../../architecture/families/presets.js";
import { differenceOf } from "../../../architecture/graph/difference.js";
import type { Model } from "../../../architecture/model/model.js";
import { shownText } from "../../../text/shownText.js";
import type { PermuteState } from "../urlState.js";
import type { Changed, Comparison, Message, Transition } from "./change.js";
import { aimConnection, nextCandidate, takeConnection } from "./connectionInHand.js";
import type { Hand, HeldConnection, Place } from "./hand.js";
import { begin, type History, record, redo, undo } from "./history.js";
import { afterEdit, inPlaceOf, networkOf, type PermutedNetwork } from "./network.js";

/**
 * The state of the editor, and everything that can be done to it: the network, its history, the chosen block, and the
 * block or connection that a pointer or the keyboard has in hand. Putting that down adds one entry to the history.
 */
export class PermuteSession {
  private history: History<PermutedNetwork>;
  private hand: Hand | null = null;
  private chosenKey: string | null;
  private other: { readonly name: PresetName; readonly description: Description } | null = null;
  message: Message = { text: "", refused: false };
  /** Does what a refusal offers instead of refusing. */
  resolvesConflicts = false;

  constructor(
    { model, preset, against, chosen }: PermuteState,
    private readonly changed: Changed,
  ) {
    const network = networkOf(model, preset);
    this.history = begin(network);
    this.chosenKey = chosen === null ? null : network.keys[chosen]!;
    if (against !== null) this.other = { name: against, description: descriptionOf(presetByName(against)) };
  }

  /** As it is shown: a preview while something is in hand. */
  get network(): PermutedNetwork {
    return this.hand?.network ?? this.history.present;
  }

  get chosen(): number | null {
    return this.chosenIn(this.network);
  }

  /** The keyboard has a block in hand. */
  get lifted(): boolean {
    return this.hand?.by === "keys" && !this.hand.connection;
  }

  /** The connection in hand, where one is. */
  get connection(): HeldConnection | null {
    if (!this.hand?.connection) return null;
    const { key, by, free, connection } = this.hand;
    return { ...connection, id: this.network.keys.indexOf(key), by, free };
  }

  get against(): PresetName | null {
    return this.other?.name ?? null;
  }

  get comparison(): Comparison | null {
    if (!this.other) return null;
    const { description } = this.other;
    return { difference: differenceOf(this.network.description, description), other: description };
  }

  get canUndo(): boolean {
    return this.history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.history.future.length > 0;
  }

  /** What is kept in the page's address. */
  get state(): PermuteState {
    const { present } = this.history;
    const { preset, model } = present;
    return { preset, model, against: this.against, chosen: this.chosenIn(present) };
  }

  choose(id: number | null): void {
    const key = id === null ? null : (this.network.keys[id] ?? null);
    if (key === this.chosenKey) return;
    if (this.hand && this.hand.by !== "pointer" && key !== this.hand.key) this.putDown();
    this.chosenKey = key;
    this.changed("instant", false);
  }

  /** Makes an edit, or says why not. With a block in hand the edit waits until that is put down. */
  edit(make: (model: Model) => EditResult): void {
    if (this.hand?.connection) this.putBack();
    const made = this.resolve(make(this.network.model));
    if (made) this.apply(made);
    else this.changed("instant", false);
  }

  remove(id: number): void {
    this.edit((model) => removeBlock(model, id));
  }

  /** Does what the last refusal offered. */
  takeOffer(): void {
    const { offer } = this.message;
    if (!offer) return;
    this.inform(offer.edit.said);
    this.apply(offer.edit);
  }

  /** Takes a block in hand by keyboard. */
  lift(id: number): void {
    this.putDown();
    const network = this.history.present;
    this.chosenKey = network.keys[id]!;
    this.hand = { key: this.chosenKey, network, free: true, by: "keys" };
    this.inform(`Block ${id} is lifted: arrow keys move it, Enter puts it down, Escape puts it back.`);
    this.changed("instant", false);
  }

  /** Moves a block one place later (1) or earlier (−1) in the order. */
  stepOrder(id: number, by: 1 | -1): void {
    this.edit((model) => moveBlock(model, id, id + by));
  }

  /** Moves a block one level coarser (1) or finer (−1). */
  stepLevel(id: number, by: 1 | -1): void {
    const { level } = this.network.description.blocks[id]!;
    this.edit((model) => changeLevel(model, id, level + by));
  }

  /** Puts down a lifted block. A connection is left as it was: only `connect` changes it. */
  putDown(): void {
    if (!this.hand) return;
    if (this.hand.connection) {
      this.putBack();
      return;
    }
    const { network } = this.hand;
    const moved = network !== this.history.present;
    this.settle(network, moved ? "Put down." : "Put down where it was.", "instant");
  }

  /** Gives up what is in hand. */
  putBack(): void {
    if (!this.hand) return;
    const text = this.hand.connection ? "Left as it was." : "Put back where it was.";
    this.settle(this.history.present, text, "morph");
  }

  /** Takes one connection of a block in hand, by its end at the parent. */
  takeConnection(id: number, place: number, by: Hand["by"]): void {
    this.putDown();
    const { hand, said } = takeConnection(this.history.present, id, place, by);
    this.chosenKey = this.history.present.keys[id]!;
    this.hand = hand;
    this.message = { text: said, refused: hand === null };
    this.changed("instant", false);
  }

  /** Takes the block's other connection in hand. */
  takeOtherConnection(): void {
    const held = this.connection;
    if (!held) return;
    const places = connectionPlaces(this.history.present.model, held.id);
    this.takeConnection(held.id, (held.place + 1) % Math.max(1, places), held.by);
  }

  /** Points the connection in hand at a parent, or at none. True where that is allowed. */
  aimAt(to: number | null): boolean {
    const { hand } = this;
    if (!hand?.connection) return false;
    const text = aimConnection({ hand, connection: hand.connection }, this.history.present, to);
    this.message = { text, refused: !hand.free };
    this.changed("preview", false);
    return hand.free;
  }

  /** Points it at the next block before or after, or at the first or last possible parent. */
  aimAtNext(by: 1 | -1 | "first" | "last"): void {
    const held = this.connection;
    if (held) this.aimAt(nextCandidate(held, by));
  }

  /** Connects to the parent that it points at. Where that is not allowed, the connection stays in hand. */
  connect(): void {
    if (!this.hand?.connection || !this.hand.free) return;
    const { network, connection } = this.hand;
    this.settle(network, connection.said || "Left as it was.", "instant");
  }

  /** Removes the connection in hand. Where it is the block's only one, it stays in hand. */
  disconnect(): void {
    const held = this.connection;
    if (!held) return;
    const before = this.history.present;
    const made = this.resolve(readNoMore(before.model, held.id, held.place));
    if (made?.said === "") this.putBack();
    else if (made) this.settle(afterEdit(before, made), made.said, "morph");
    else this.changed("preview", false);
  }

  /** Drags a block, by its number before the drag, over a place. True where it may be dropped there. */
  dragBlock(id: number, place: Place): boolean {
    if (this.hand && this.hand.by !== "pointer") this.putDown();
    const before = this.history.present;
    const made = this.resolve(placeBlock(before.model, id, place));
    const network = made && made.said !== "" ? afterEdit(before, made) : before;
    const key = before.keys[id]!;
    this.hand = { key, network, free: made !== null, by: "pointer" };
    this.chosenKey = key;
    this.changed("preview", false);
    return made !== null;
  }

  /** Drops what is dragged where that is allowed; elsewhere it goes back. */
  drop(): void {
    if (this.hand?.by !== "pointer") return;
    const { network, free } = this.hand;
    this.settle(free ? network : this.history.present, this.message, "morph");
  }

  cancelDrag(): void {
    if (this.hand?.by === "pointer") this.putBack();
  }

  undo(): void {
    this.travel(undo, "Undone.");
  }

  redo(): void {
    this.travel(redo, "Redone.");
  }

  /** Shows another network in the place of this one. */
  open(model: Model, preset: PresetName, text = ""): void {
    this.hand = null;
    const network = inPlaceOf(this.history.present, model, preset);
    this.history = record(this.history, network);
    this.inform(text || `This is ${shownText(network.model.name)}.`);
    this.changed("morph", true);
  }

  compare(name: PresetName | null): void {
    this.other = name === null ? null : { name, description: descriptionOf(presetByName(name)) };
    this.inform("");
    this.changed("instant", true);
  }

  say(text: string, problem = false): void {
    this.message = { text, refused: false, problem };
    this.changed("instant", false);
  }

  private inform(text: string): void {
    this.message = { text, refused: false };
  }

  private apply(edit: Edited): void {
    const network = afterEdit(this.network, edit);
    if (this.hand) this.hand.network = network;
    else this.history = record(this.history, network);
    this.changed("morph", this.hand === null);
  }

  /** Empties the hand, with an entry in the history if the network changed. */
  private settle(network: PermutedNetwork, message: Message | string, transition: Transition): void {
    this.hand = null;
    const moved = network !== this.history.present;
    if (moved) this.history = record(this.history, network);
    this.message = typeof message === "string" ? { text: message, refused: false } : message;
    this.changed(transition, moved);
  }

  private chosenIn({ keys }: PermutedNetwork): number | null {
    const index = this.chosenKey === null ? -1 : keys.indexOf(this.chosenKey);
    return index < 0 ? null : index;
  }

  private travel(move: typeof undo, text: string): void {
    this.hand = null;
    const history = move(this.history);
    if (history === this.history) return;
    this.history = history;
    this.inform(text);
    this.changed("morph", true);
  }

  /** The edit to make, or null where it is refused; the message says which. */
  private resolve(result: EditResult): Edited | null {
    if (isRefused(result)) {
      const { refused, offer } = result;
      if (offer && this.resolvesConflicts) return this.resolve(offer.edit);
      this.message = { text: refused, refused: true, ...(offer ? { offer } : {}) };
      return null;
    }
    this.inform(result.said);
    return result;
  }
}
