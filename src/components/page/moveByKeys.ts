interface MoveHandlers {
  readonly focused: (index: number) => void;
  /** An element lost focus. */
  readonly left: () => void;
}

/**
 * One tab stop for a row of elements: arrow keys, Home and End move between them, and Escape removes focus. The first
 * must have `tabindex` 0, the others −1.
 */
export function moveByKeys(elements: readonly (HTMLElement | SVGElement)[], handlers: MoveHandlers): void {
  const last = elements.length - 1;
  const focus = (index: number): void => elements[Math.min(last, Math.max(0, index))]?.focus();
  elements.forEach((element, index) => {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => focus(index + 1),
      ArrowDown: () => focus(index + 1),
      ArrowLeft: () => focus(index - 1),
      ArrowUp: () => focus(index - 1),
      Home: () => focus(0),
      End: () => focus(last),
      Escape: () => element.blur(),
    };
    element.addEventListener("focus", () => {
      for (const other of elements) other.setAttribute("tabindex", other === element ? "0" : "-1");
      handlers.focused(index);
    });
    element.addEventListener("blur", () => handlers.left());
    element.addEventListener("keydown", (event) => {
      if (!(event instanceof KeyboardEvent) || event.altKey || event.ctrlKey || event.metaKey) return;
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      move();
    });
  });
}
