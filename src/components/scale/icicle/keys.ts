import type { CostNode } from "../../../architecture/costs/costTree.js";
import type { IcicleDrawing } from "./drawing.js";
import type { IcicleCell } from "./layout.js";

interface IcicleHandlers {
  opened(id: string): void;
  /** Goes to the node above the open one; false if there is none. */
  back(): boolean;
  /** Told which node the pointer or focus is on, or that it is on none. */
  looked(node: CostNode | undefined): void;
}

/**
 * Keys, clicks and looks of an icicle. Up and Down go to the part before or after in the same column, Home and End to
 * the first and last sibling, Right to the first part of a part, Left to what it is a part of; Enter or Space opens,
 * Escape or Backspace leads back.
 */
export function icicleKeys(drawing: IcicleDrawing, handlers: IcicleHandlers): void {
  const { element } = drawing;
  // Chromium's Tab stops at SVG elements that listen for focus; it should lead straight to a cell.
  element.setAttribute("tabindex", "-1");
  const cellOf = (target: EventTarget | null): IcicleCell | undefined => {
    const id = target instanceof Element ? target.closest<SVGElement>(".cell")?.dataset.id : undefined;
    return drawing.cells.find(({ node }) => node.id === id);
  };
  element.addEventListener("click", ({ target }) => {
    const cell = cellOf(target);
    if (!cell) return;
    if (cell.node.children.length > 0) return handlers.opened(cell.node.id);
    drawing.point(cell.node.id);
    drawing.focus();
  });
  element.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" || event.key === "Backspace") {
      if (handlers.back()) event.preventDefault();
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (cell.node.children.length > 0) handlers.opened(cell.node.id);
      return;
    }
    if (!movingKeys.has(event.key)) return;
    event.preventDefault();
    const next = neighbour(cell, event.key, drawing.cells);
    if (!next) return;
    drawing.point(next.node.id);
    drawing.focus();
  });
  for (const type of ["mouseover", "focusin"]) {
    element.addEventListener(type, ({ target }) => handlers.looked(cellOf(target)?.node));
  }
  element.addEventListener("mouseleave", () =>
    handlers.looked(cellOf(element.ownerDocument.activeElement)?.node),
  );
}

const movingKeys = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

function neighbour(cell: IcicleCell, key: string, cells: readonly IcicleCell[]): IcicleCell | undefined {
  const column = cells.filter(({ depth }) => depth === cell.depth);
  const siblings = column.filter(({ parent }) => parent === cell.parent);
  switch (key) {
    case "ArrowUp":
      return column[column.indexOf(cell) - 1];
    case "ArrowDown":
      return column[column.indexOf(cell) + 1];
    case "ArrowLeft":
      return cells.find(({ node }) => node.id === cell.parent);
    case "ArrowRight":
      return cells.find(({ parent }) => parent === cell.node.id);
    case "Home":
      return siblings[0];
    default:
      return siblings.at(-1);
  }
}
