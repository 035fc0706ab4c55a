import type { PermutedNetwork } from "./network.js";

/** What a pointer or the keyboard has taken and not yet put down: a block, or one connection of it. */
export interface Hand {
  /** The block's. */
  readonly key: string;
  /** Tapping takes hold once and needs no pointer that stays down. */
  readonly by: "keys" | "pointer" | "tap";
  /** As it would be if it were put down now. */
  network: PermutedNetwork;
  /** It may be put down here. */
  free: boolean;
  readonly connection?: ConnectionInHand;
}

/** One connection of a block, held by its end at the block that is read. */
export interface ConnectionInHand {
  /** 0 for the first connection, 1 for the second. */
  readonly place: number;
  /** The blocks that it may read. */
  readonly possible: ReadonlySet<number>;
  /** The block that its end is led to; null over none. */
  candidate: number | null;
  /** What would be done if it were set there; empty where that changes nothing. */
  said: string;
}

/** A connection in hand as it is drawn. */
export interface HeldConnection extends Readonly<ConnectionInHand> {
  /** The block that reads by it. */
  readonly id: number;
  readonly by: Hand["by"];
  /** It may be set where it is. */
  readonly free: boolean;
}
