import type { Level } from "../../../architecture/model/level.js";
import type { PermutedNetwork } from "./network.js";

/** Where a block can be dragged to: a place in the order, and a level. */
export interface Place {
  readonly index: number;
  readonly level: Level;
}

/** What a pointer or the keyboard has taken and not yet put down: a block, or one of its connections. */
export interface Hand {
  /** The block's key. */
  readonly key: string;
  /** A tap takes a connection in hand without the pointer staying down. */
  readonly by: "keys" | "pointer" | "tap";
  /** As it would be if it were put down now. */
  network: PermutedNetwork;
  /** Whether it may be put down here. */
  free: boolean;
  readonly connection?: ConnectionInHand;
}

/** One connection of a block, held by its end at the parent. */
export interface ConnectionInHand {
  /** 0 for the first connection, 1 for the second. */
  readonly place: number;
  /** The blocks that may be its parent. */
  readonly possible: ReadonlySet<number>;
  /** The block that it points at, or null. */
  candidate: number | null;
  /** What connecting it there would do, in a sentence; empty where that changes nothing. */
  said: string;
}

/** A connection in hand, as the drawing needs it. */
export interface HeldConnection extends Readonly<ConnectionInHand> {
  /** The block that reads through it. */
  readonly id: number;
  readonly by: Hand["by"];
  /** It may be connected where it points. */
  readonly free: boolean;
}
