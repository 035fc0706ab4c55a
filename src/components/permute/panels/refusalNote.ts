import { html } from "htl";

interface RefusalNote {
  readonly node: HTMLElement;
  /** @param refusal why the block cannot be dropped where the pointer is; null where it can */
  show(refusal: string | null): void;
}

/** Pixels from the pointer to the note, and from the note to the screen's edge. */
const [away, edge] = [18, 8] as const;

/**
 * Says beside a dragging pointer why it cannot drop there. The status line tells screen readers the same, but it may be
 * scrolled out of view.
 */
export function refusalNote(drawing: SVGElement): RefusalNote {
  const node = html`<p class="refusal-note" aria-hidden="true" hidden></p>`;
  let [x, y] = [0, 0];
  const place = (): void => {
    const { width, height } = node.getBoundingClientRect();
    const { clientWidth, clientHeight } = node.ownerDocument.documentElement;
    const below = y + away + height + edge <= clientHeight;
    node.style.left = `${Math.max(edge, Math.min(x + away, clientWidth - width - edge))}px`;
    node.style.top = `${below ? y + away : Math.max(edge, y - away - height)}px`;
  };
  drawing.addEventListener("pointermove", (event) => {
    [x, y] = [event.clientX, event.clientY];
    if (!node.hidden) place();
  });
  return {
    node,
    show(refusal) {
      node.hidden = refusal === null;
      if (refusal === null) return;
      node.textContent = refusal;
      place();
    },
  };
}
