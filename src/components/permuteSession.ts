import { type Description, describe } from "../architecture/describe.js";
import { type Difference, differenceOf } from "../architecture/difference.js";
import { type Edited, type EditResult, isRefused, type Offer } from "../architecture/edit.js";
import { changeLevel } from "../architecture/editBlock.js";
import { moveBlock, placeBlock } from "../architecture/editOrder.js";
import { type PresetName, presetByName } from "../architecture/families/presets.js";
import type { Level, Model } from "../architecture/model.js";
import { begin, type History, record, redo, undo } from "./history.js";
import type { PermuteAddress } from "./permuteAddress.js";
import { afterEdit, inPlaceOf, networkOf, type PermutedNetwork } from "./permutedNetwork.js";

/** How a network takes the place of the one before: on its way, at once, or as a hand leads it. */
export type Manner = "morph" | "at once" | "held";

export interface Comparison {
  readonly difference: Difference;
  readonly other: Description;
}

/** What was done last, or why it was not, and what would make it possible. */
export interface Message {
  readonly text: string;
  readonly refused: boolean;
  /** Something from outside could not be read: a file, the address. */
  readonly problem?: boolean;
  readonly offer?: Offer;
}

/** Told after each change: how the drawing should get there, and whether the change is to stay. */
export type Changed = (manner: Manner, stays: boolean) => void;

/**
 * The instrument without its looks: the network, its history, the chosen block, and what a hand or the keyboard has
 * lifted but not yet put down. A lifted or dragged block becomes one step of the history once it is put down.
 */
export class PermuteSession {
  private history: History<PermutedNetwork>;
  /** While a block is in hand: the network as it would be, and the block's key. */
  private hand: {
    readonly key: string;
    network: PermutedNetwork;
    free: boolean;
    readonly by: "keys" | "pointer";
  } | null = null;
  private chosenKey: string | null;
  private other: { readonly name: PresetName; readonly description: Description } | null = null;
  message: Message = { text: "", refused: false };
  /** Takes what a refusal offers instead of refusing. */
  makesWay = false;

  constructor(
    { model, preset, against, chosen }: PermuteAddress,
    private readonly changed: Changed,
  ) {
    const network = networkOf(model, preset);
    this.history = begin(network);
    this.chosenKey = chosen === null ? null : network.keys[chosen]!;
    if (against !== null) this.other = { name: against, description: describe(presetByName(against)) };
  }

  /** As it is shown: with what is in hand where it is held. */
  get network(): PermutedNetwork {
    return this.hand?.network ?? this.history.present;
  }

  get chosen(): number | null {
    const index = this.chosenKey === null ? -1 : this.network.keys.indexOf(this.chosenKey);
    return index < 0 ? null : index;
  }

  get lifted(): boolean {
    return this.hand?.by === "keys";
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

  /** What stands in the page's address. */
  get address(): PermuteAddress {
    const { preset, model } = this.history.present;
    return { preset, model, against: this.against, chosen: this.chosen };
  }

  choose(id: number | null): void {
    const key = id === null ? null : (this.network.keys[id] ?? null);
    if (key === this.chosenKey) return;
    if (this.lifted && key !== this.hand?.key) this.putDown();
    this.chosenKey = key;
    this.changed("at once", false);
  }

  /** Makes an edit, or says why not. With a block in hand the edit waits until that is put down. */
  edit(make: (model: Model) => EditResult): void {
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

  putDown(): void {
    if (!this.hand) return;
    const { network } = this.hand;
    this.hand = null;
    const moved = network !== this.history.present;
    if (moved) this.history = record(this.history, network);
    this.message = { text: moved ? "Put down." : "Put down where it was.", refused: false };
    this.changed("at once", moved);
  }

  putBack(): void {
    if (!this.hand) return;
    this.hand = null;
    this.message = { text: "Put back where it was.", refused: false };
    this.changed("morph", false);
  }

  /** Holds a block of the network before the drag over a place. True where it may stand there. */
  hold(id: number, place: { readonly index: number; readonly level: Level }): boolean {
    if (this.hand?.by === "keys") this.putDown();
    const before = this.history.present;
    const made = this.resolve(placeBlock(before.model, id, place));
    const network = made && made.said !== "" ? afterEdit(before, made) : before;
    const key = before.keys[id]!;
    this.hand = { key, network, free: made !== null, by: "pointer" };
    this.chosenKey = key;
    this.changed("held", false);
    return made !== null;
  }

  /** Lets go of a dragged block where it may stand; elsewhere it goes back. */
  drop(): void {
    if (this.hand?.by !== "pointer") return;
    const { network, free } = this.hand;
    this.hand = null;
    const moved = free && network !== this.history.present;
    if (moved) this.history = record(this.history, network);
    this.changed("morph", moved);
  }

  cancelHold(): void {
    if (this.hand?.by !== "pointer") return;
    this.hand = null;
    this.message = { text: "Put back where it was.", refused: false };
    this.changed("morph", false);
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
    this.other = name === null ? null : { name, description: describe(presetByName(name)) };
    this.message = { text: "", refused: false };
    this.changed("at once", true);
  }

  say(text: string, problem = false): void {
    this.message = { text, refused: false, problem };
    this.changed("at once", false);
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
