import type { Description } from "../../architecture/costs/description.js";
import type { Offer } from "../../architecture/edit/edit.js";
import type { Difference } from "../../architecture/graph/difference.js";

/** How a network takes the place of the one before: on its way, at once, or as a hand leads it. */
export type Manner = "morph" | "at once" | "held";

/** Told after each change: how the drawing should get there, and whether the change is to stay. */
export type Changed = (manner: Manner, stays: boolean) => void;

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
