import type { Point } from "../../../architecture/drawing/diagram.js";

interface DragHandlers<Held> {
  /** What a pointer that goes down here would drag; null for nothing. */
  grasp(target: Element, at: Point): Held | null;
  /** The pointer went up again without moving. */
  tapped(held: Held, at: Point): void;
  /** The pointer began to drag it. */
  began(held: Held, at: Point): void;
  moved(at: Point): void;
  dropped(): void;
  cancelled(): void;
}

/** Smaller movements, in pixels, are a tap. */
const threshold = 4;

interface Hold<Held> {
  readonly pointer: number;
  readonly held: Held;
  readonly from: Point;
  dragging: boolean;
}

/**
 * Lets a pointer drag parts of a drawing. A finger drags only parts with `touch-action: none` and scrolls the page
 * elsewhere. Escape, a second pointer or the browser can cancel a drag.
 */
export function dragInDrawing<Held>(svg: SVGSVGElement, handlers: DragHandlers<Held>): void {
  let hold: Hold<Held> | null = null;
  const end = (dropped: boolean): void => {
    const ended = hold;
    hold = null;
    if (!ended?.dragging) return;
    svg.classList.remove("dragging");
    if (dropped) handlers.dropped();
    else handlers.cancelled();
  };
  svg.addEventListener("pointerdown", (event) => {
    if (hold) return end(false);
    if (!(event.target instanceof Element) || event.button !== 0) return;
    const from = pointIn(svg, event);
    const held = handlers.grasp(event.target, from);
    if (held !== null) hold = { pointer: event.pointerId, held, from, dragging: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (hold?.pointer !== event.pointerId) return;
    const at = pointIn(svg, event);
    if (hold.dragging) return handlers.moved(at);
    if (Math.hypot(at.x - hold.from.x, at.y - hold.from.y) < threshold) return;
    hold.dragging = true;
    svg.setPointerCapture?.(event.pointerId);
    svg.classList.add("dragging");
    handlers.began(hold.held, hold.from);
    handlers.moved(at);
  });
  svg.addEventListener("pointerup", (event) => {
    if (hold?.pointer !== event.pointerId) return;
    const { held, dragging } = hold;
    if (dragging) return end(true);
    hold = null;
    handlers.tapped(held, pointIn(svg, event));
  });
  svg.addEventListener("pointercancel", () => end(false));
  // Before anything else that Escape does.
  const giveUp = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !hold?.dragging) return;
    event.stopImmediatePropagation();
    end(false);
  };
  svg.ownerDocument.addEventListener("keydown", giveUp, { capture: true });
}

/** An event's position in a drawing's own pixels, at any display size. */
function pointIn(svg: SVGSVGElement, event: MouseEvent): Point {
  const box = svg.getBoundingClientRect();
  const scale = box.width > 0 ? Number(svg.getAttribute("width")) / box.width : 1;
  return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
}
