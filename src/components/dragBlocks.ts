import type { Point } from "../architecture/diagram.js";

export interface DragHandlers {
  /** A pointer went down on a block and up again without moving. */
  tapped(id: number): void;
  /** A pointer took a block along. */
  began(id: number, at: Point): void;
  moved(at: Point): void;
  dropped(): void;
  cancelled(): void;
}

/** A hand shakes by this many pixels. */
const threshold = 4;

interface Hold {
  readonly pointer: number;
  readonly id: number;
  readonly from: Point;
  dragging: boolean;
}

/**
 * Lets a pointer take blocks of a drawing along. A finger takes only the chosen one, since it scrolls the page with
 * all else; Escape, a second pointer or the browser can end it.
 */
export function dragBlocks(svg: SVGSVGElement, handlers: DragHandlers): void {
  let hold: Hold | null = null;
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
    const block = event.target instanceof Element ? event.target.closest<SVGElement>("[role=option]") : null;
    if (!block || event.button !== 0) return;
    const id = Number(block.dataset.id);
    hold = { pointer: event.pointerId, id, from: pointIn(svg, event), dragging: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (hold?.pointer !== event.pointerId) return;
    const at = pointIn(svg, event);
    if (hold.dragging) return handlers.moved(at);
    if (Math.hypot(at.x - hold.from.x, at.y - hold.from.y) < threshold) return;
    hold.dragging = true;
    svg.setPointerCapture?.(event.pointerId);
    svg.classList.add("dragging");
    handlers.began(hold.id, hold.from);
    handlers.moved(at);
  });
  svg.addEventListener("pointerup", (event) => {
    if (hold?.pointer !== event.pointerId) return;
    if (!hold.dragging) handlers.tapped(hold.id);
    end(true);
  });
  svg.addEventListener("pointercancel", () => end(false));
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && hold?.dragging) {
      event.stopImmediatePropagation();
      end(false);
    }
  });
}

/** Where an event is in a drawing's own pixels, whatever size it is shown at. */
function pointIn(svg: SVGSVGElement, event: MouseEvent): Point {
  const box = svg.getBoundingClientRect();
  const scale = box.width > 0 ? Number(svg.getAttribute("width")) / box.width : 1;
  return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
}
