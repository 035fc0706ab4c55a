import type { Orientation } from "../../architecture/drawing/diagram.js";

export interface KeyHandlers {
  /** How many blocks there are. */
  length(): number;
  orientation(): Orientation;
  lifted(): boolean;
  focus(id: number): void;
  lift(id: number): void;
  putDown(): void;
  putBack(): void;
  /** One place later (1) or earlier (−1) in the order. */
  stepOrder(by: 1 | -1): void;
  /** One level coarser (1) or finer (−1). */
  stepLevel(by: 1 | -1): void;
  remove(id: number): void;
  /** Escape, with nothing in hand. */
  unchosen(): void;
  /** A connection is in hand, and keys mean that. */
  rewiring(): boolean;
  /** Takes a block's first connection in hand. */
  take(id: number): void;
  /** Takes the block's other connection. */
  takeOther(): void;
  /** To the next block (1), the one before (−1), the first or the last that it may read. */
  step(by: 1 | -1 | "first" | "last"): void;
  set(): void;
  takeAway(): void;
}

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Keys of a drawing's list of blocks. Arrow keys, Home and End go from block to block; Enter or Space lifts one, and
 * then arrow keys move it in order and level as the drawing lies, until Enter or Space puts it down or Escape puts it
 * back. C takes a connection, and then arrow keys lead its end from block to block, until Enter or Space sets it or
 * Escape leaves it. Focus stays in the drawing.
 */
export function blockKeys(list: SVGElement, handlers: KeyHandlers): void {
  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const option = event.target instanceof Element ? event.target.closest<SVGElement>("[role=option]") : null;
    if (!option) return;
    const id = Number(option.dataset.id);
    const action = handlers.rewiring()
      ? whenRewiring(event.key, handlers)
      : handlers.lifted()
        ? whenLifted(event.key, handlers)
        : whenNot(event.key, id, handlers);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  });
}

function whenNot(key: string, id: number, handlers: KeyHandlers): (() => void) | undefined {
  const last = handlers.length() - 1;
  const focus = (to: number) => () => handlers.focus(Math.min(last, Math.max(0, to)));
  const direction = directions[key];
  if (direction) return focus(id + (direction[0] || direction[1]));
  switch (key) {
    case "Home":
      return focus(0);
    case "End":
      return focus(last);
    case "Enter":
    case " ":
      return () => handlers.lift(id);
    case "Escape":
      return () => handlers.unchosen();
    case "Delete":
      return () => handlers.remove(id);
    case "c":
    case "C":
      return () => handlers.take(id);
    default:
      return undefined;
  }
}

function whenLifted(key: string, handlers: KeyHandlers): (() => void) | undefined {
  const direction = directions[key];
  if (direction) {
    const [x, y] = direction;
    const across = handlers.orientation() === "across";
    // Across, levels rise upward; downward, to the right.
    const [order, level] = across ? [x, -y] : [y, x];
    if (order !== 0) return () => handlers.stepOrder(order > 0 ? 1 : -1);
    return () => handlers.stepLevel(level > 0 ? 1 : -1);
  }
  switch (key) {
    case "Enter":
    case " ":
      return () => handlers.putDown();
    case "Escape":
      return () => handlers.putBack();
    // Home, End and Delete are not meant while a block is in hand.
    case "Home":
    case "End":
    case "Delete":
      return () => {};
    default:
      return undefined;
  }
}

function whenRewiring(key: string, handlers: KeyHandlers): (() => void) | undefined {
  const direction = directions[key];
  if (direction) return () => handlers.step(direction[0] + direction[1] > 0 ? 1 : -1);
  switch (key) {
    case "c":
    case "C":
      return () => handlers.takeOther();
    case "Home":
      return () => handlers.step("first");
    case "End":
      return () => handlers.step("last");
    case "Enter":
    case " ":
      return () => handlers.set();
    case "Delete":
      return () => handlers.takeAway();
    case "Escape":
      return () => handlers.putBack();
    default:
      return undefined;
  }
}
