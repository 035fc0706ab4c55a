import type { Description } from "../../../architecture/costs/description.js";
import type { Offer } from "../../../architecture/edit/draft.js";
import type { Difference } from "../../../architecture/graph/difference.js";

/** How the drawing gets to a network: animated, immediately, or as a preview of what is still in hand. */
export type Transition = "morph" | "instant" | "preview";

/** Called after each change; a committed change is an entry of the history. */
export type Changed = (transition: Transition, committed: boolean) => void;

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
