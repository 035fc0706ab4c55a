import { type Description, descriptionOf } from "../../architecture/costs/description.js";
import { changeLevel } from "../../architecture/edit/changeBlock.js";
import { connectionPlaces, readNoMore } from "../../architecture/edit/changeConnection.js";
import { type Edited, type EditResult, isRefused } from "../../architecture/edit/edit.js";
import { moveBlock, placeBlock } from "../../architecture/edit/moveBlock.js";
import { type PresetName, presetByName } from "../../architecture/families/presets.js";
import { differenceOf } from "../../architecture/graph/difference.js";
import type { Level } from "../../architecture/model/level.js";
import type { Model } from "../../architecture/model/model.js";
import type { PermuteState } from "./address.js";
import type { Changed, Comparison, Manner, Message } from "./change.js";
import { leadConnection, nextCandidate, takeConnection } from "./connectionInHand.js";
import type { Hand, HeldConnection } from "./hand.js";
import { begin, type History, record, redo, undo } from "./history.js";
import { afterEdit, inPlaceOf, networkOf, type PermutedNetwork } from "./network.js";

/**
 * The instrument without its looks: the network, its history, the chosen block, and what a hand or the keyboard has
 * taken but not yet put down. A block or a connection becomes one step of the history once it is put down.
 */
export class PermuteSession {
  private history: History<PermutedNetwork>;
  private hand: Hand | null = null;
  private chosenKey: string | null;
  private other: { readonly name: PresetName; readonly description: Description } | null = null;
  message: Message = { text: "", refused: false };
  /** Takes what a refusal offers instead of refusing. */
  makesWay = false;

  constructor(
    { model, preset, against, chosen }: PermuteState,
    private readonly changed: Changed,
  ) {
    const network = networkOf(model, preset);
    this.history = begin(network);
    this.chosenKey = chosen === null ? null : network.keys[chosen]!;
    if (against !== null) this.other = { name: against, description: descriptionOf(presetByName(against)) };
  }

  /** As it is shown: with what is in hand where it is held. */
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
    this.changed("at once", false);
  }

  /** Makes an edit, or says why not. With a block in hand the edit waits until that is put down. */
  edit(make: (model: Model) => EditResult): void {
    if (this.hand?.connection) this.putBack();
    const made = this.resolve(make(this.network.model));
    if (!made) {
      this.changed("at once", false);
      return;
    }
    const network = afterEdit(this.network, made);
    if (this.hand) this.hand.network = network;
    else this.history = record(this.history, network);
    this.changed("morph", this.hand === null);
  }

  /** Does what the last refusal offered. */
  takeOffer(): void {
    const { offer } = this.message;
    if (!offer) return;
    const network = afterEdit(this.network, offer.edit);
    this.message = { text: offer.edit.said, refused: false };
    if (this.hand) this.hand.network = network;
    else this.history = record(this.history, network);
    this.changed("morph", this.hand === null);
  }

  /** Takes a block in hand by keyboard. */
  lift(id: number): void {
    this.putDown();
    const network = this.history.present;
    this.chosenKey = network.keys[id]!;
    this.hand = { key: this.chosenKey, network, free: true, by: "keys" };
    const text = `Block ${id} is lifted: arrow keys move it, Enter puts it down, Escape puts it back.`;
    this.message = { text, refused: false };
    this.changed("at once", false);
  }

  stepOrder(id: number, by: 1 | -1): void {
    this.edit((model) => moveBlock(model, id, id + by));
  }

  stepLevel(id: number, by: 1 | -1): void {
    const { level } = this.network.description.blocks[id]!;
    this.edit((model) => changeLevel(model, id, level + by));
  }

  /** Puts down a lifted block. A connection is left as it was: it changes only where it is set. */
  putDown(): void {
    if (!this.hand) return;
    if (this.hand.connection) {
      this.putBack();
      return;
    }
    const { network } = this.hand;
    const moved = network !== this.history.present;
    this.settle(network, moved ? "Put down." : "Put down where it was.", "at once");
  }

  /** Gives up what is in hand. */
  putBack(): void {
    if (!this.hand) return;
    const text = this.hand.connection ? "Left as it was." : "Put back where it was.";
    this.settle(this.history.present, text, "morph");
  }

  /** Takes one connection of a block in hand, by its end at the block that is read. */
  take(id: number, place: number, by: Hand["by"]): void {
    this.putDown();
    const { hand, said } = takeConnection(this.history.present, id, place, by);
    this.chosenKey = this.history.present.keys[id]!;
    this.hand = hand;
    this.message = { text: said, refused: hand === null };
    this.changed("at once", false);
  }

  /** Takes the block's other connection in hand. */
  takeOther(): void {
    const held = this.connection;
    if (!held) return;
    const places = connectionPlaces(this.history.present.model, held.id);
    this.take(held.id, (held.place + 1) % Math.max(1, places), held.by);
  }

  /** Leads the end of the connection in hand to a block, or to none. True where it may read that. */
  lead(to: number | null): boolean {
    const { hand } = this;
    if (!hand?.connection) return false;
    const text = leadConnection({ hand, connection: hand.connection }, this.history.present, to);
    this.message = { text, refused: !hand.free };
    this.changed("held", false);
    return hand.free;
  }

  /** Leads it to the next block before or after, to the first or the last that it may read. */
  step(by: 1 | -1 | "first" | "last"): void {
    const held = this.connection;
    if (held) this.lead(nextCandidate(held, by));
  }

  /** Lets the connection in hand read what its end was led to. Where it may not, it stays in hand. */
  set(): void {
    if (!this.hand?.connection || !this.hand.free) return;
    const { network, connection } = this.hand;
    this.settle(network, connection.said || "Left as it was.", "at once");
  }

  /** Takes away the connection in hand. Where it is the block's only one, it stays in hand. */
  takeAway(): void {
    const held = this.connection;
    if (!held) return;
    const before = this.history.present;
    const made = this.resolve(readNoMore(before.model, held.id, held.place));
    if (made?.said === "") this.putBack();
    else if (made) this.settle(afterEdit(before, made), made.said, "morph");
    else this.changed("held", false);
  }

  /** Holds a block of the network before the drag over a place. True where it may stand there. */
  hold(id: number, place: { readonly index: number; readonly level: Level }): boolean {
    if (this.hand && this.hand.by !== "pointer") this.putDown();
    const before = this.history.present;
    const made = this.resolve(placeBlock(before.model, id, place));
    const network = made && made.said !== "" ? afterEdit(before, made) : before;
    const key = before.keys[id]!;
    this.hand = { key, network, free: made !== null, by: "pointer" };
    this.chosenKey = key;
    this.changed("held", false);
    return made !== null;
  }

  /** Lets go of what is dragged where it may stand; elsewhere it goes back. */
  drop(): void {
    if (this.hand?.by !== "pointer") return;
    const { network, free } = this.hand;
    this.settle(free ? network : this.history.present, this.message, "morph");
  }

  cancelHold(): void {
    if (this.hand?.by === "pointer") this.putBack();
  }

  undo(): void {
    this.travel(undo, "Undone.");
  }

  redo(): void {
    this.travel(redo, "Done again.");
  }

  /** Shows another network in the place of this one. */
  open(model: Model, preset: PresetName, text = ""): void {
    this.hand = null;
    const network = inPlaceOf(this.history.present, model, preset);
    this.history = record(this.history, network);
    this.message = { text: text || `This is ${network.model.name}.`, refused: false };
    this.changed("morph", true);
  }

  compare(name: PresetName | null): void {
    this.other = name === null ? null : { name, description: descriptionOf(presetByName(name)) };
    this.message = { text: "", refused: false };
    this.changed("at once", true);
  }

  say(text: string, problem = false): void {
    this.message = { text, refused: false, problem };
    this.changed("at once", false);
  }

  /** Lays down what was in hand, as a step of the history where it changed anything. */
  private settle(network: PermutedNetwork, message: Message | string, manner: Manner): void {
    this.hand = null;
    const moved = network !== this.history.present;
    if (moved) this.history = record(this.history, network);
    this.message = typeof message === "string" ? { text: message, refused: false } : message;
    this.changed(manner, moved);
  }

  private chosenIn({ keys }: PermutedNetwork): number | null {
    const index = this.chosenKey === null ? -1 : keys.indexOf(this.chosenKey);
    return index < 0 ? null : index;
  }

  private travel(step: typeof undo, text: string): void {
    this.hand = null;
    const history = step(this.history);
    if (history === this.history) return;
    this.history = history;
    this.message = { text, refused: false };
    this.changed("morph", true);
  }

  /** The edit to make, if there is one; says what comes of it. */
  private resolve(result: EditResult): Edited | null {
    if (!isRefused(result)) {
      this.message = { text: result.said, refused: false };
      return result;
    }
    const { refused, offer } = result;
    if (offer && this.makesWay) {
      this.message = { text: offer.edit.said, refused: false };
      return offer.edit;
    }
    this.message = { text: refused, refused: true, ...(offer ? { offer } : {}) };
    return null;
  }
}
