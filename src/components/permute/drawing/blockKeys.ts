import type { Orientation } from "../../../architecture/drawing/diagram.js";
import type { PermuteSession } from "../session/session.js";

/** What the keys need of the drawing. */
interface KeyedDrawing {
  readonly orientation: Orientation;
  focus(id: number): void;
}

type KeyActions = Readonly<Record<string, () => unknown>>;

/**
 * The keys of the drawing's list of blocks. Arrow keys, Home and End go from block to block. Enter or Space lifts one;
 * arrow keys then move it in order and level, in the directions of the drawing, until Enter or Space puts it down or
 * Escape puts it back. C takes a connection in hand; arrow keys then point it at one block after another, until Enter or
 * Space connects it or Escape leaves it as it was. Focus stays in the drawing.
 */
export function blockKeys(list: SVGElement, session: PermuteSession, drawing: KeyedDrawing): void {
  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const option = event.target instanceof Element ? event.target.closest<SVGElement>("[role=option]") : null;
    if (!option) return;
    const id = Number(option.dataset.id);
    const actions = session.connection
      ? connectionActions(session)
      : session.lifted
        ? liftedActions(session, id, drawing.orientation)
        : blockActions(session, id, drawing);
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  });
}

function blockActions(session: PermuteSession, id: number, drawing: KeyedDrawing): KeyActions {
  const last = session.network.keys.length - 1;
  const focus = (to: number): void => drawing.focus(Math.min(last, Math.max(0, to)));
  const lift = (): void => session.lift(id);
  return {
    ...arrowKeys((x, y) => focus(id + (x || y))),
    Home: () => focus(0),
    End: () => focus(last),
    Enter: lift,
    " ": lift,
    Escape: () => session.choose(null),
    Delete: () => session.remove(id),
    c: () => session.takeConnection(id, 0, "keys"),
  };
}

function liftedActions(session: PermuteSession, id: number, orientation: Orientation): KeyActions {
  const putDown = (): void => session.putDown();
  const nothing = (): void => {};
  return {
    ...arrowKeys((x, y) => {
      // Across, coarser levels are further up; down the page, further right.
      const [order, level] = orientation === "across" ? [x, -y] : [y, x];
      if (order !== 0) session.stepOrder(id, order > 0 ? 1 : -1);
      else session.stepLevel(id, level > 0 ? 1 : -1);
    }),
    Enter: putDown,
    " ": putDown,
    Escape: () => session.putBack(),
    Home: nothing,
    End: nothing,
    Delete: nothing,
  };
}

function connectionActions(session: PermuteSession): KeyActions {
  const connect = (): void => session.connect();
  return {
    ...arrowKeys((x, y) => session.aimAtNext(x + y > 0 ? 1 : -1)),
    Home: () => session.aimAtNext("first"),
    End: () => session.aimAtNext("last"),
    c: () => session.takeOtherConnection(),
    Enter: connect,
    " ": connect,
    Delete: () => session.disconnect(),
    Escape: () => session.putBack(),
  };
}

function arrowKeys(act: (x: number, y: number) => void): KeyActions {
  return {
    ArrowLeft: () => act(-1, 0),
    ArrowRight: () => act(1, 0),
    ArrowUp: () => act(0, -1),
    ArrowDown: () => act(0, 1),
  };
}
