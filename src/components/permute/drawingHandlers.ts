import type { Level } from "../../architecture/model/level.js";
import type { KeyHandlers } from "./blockKeys.js";
import type { Hand } from "./hand.js";

/** What the instrument's drawing tells of, and asks. */
export interface DrawingHandlers
  extends Omit<KeyHandlers, "length" | "orientation" | "focus" | "take" | "rewiring"> {
  /** A block has focus, or was tapped. */
  chosen(id: number): void;
  /** Focus left the blocks for a place outside the instrument. */
  left(): void;
  /** A block is dragged to a place in the order and a level. True where it may stand there. */
  held(id: number, place: { readonly index: number; readonly level: Level }): boolean;
  /** A block is pointed at, or none. */
  pointed(id: number | null): void;
  /** A connection of a block is taken, by its end at the block that is read. */
  take(id: number, place: number, by: Hand["by"]): void;
  /** Its end is led to a block, or to none. */
  lead(to: number | null): void;
  dropped(): void;
  cancelled(): void;
}
