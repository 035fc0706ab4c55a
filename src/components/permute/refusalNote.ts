import { create } from "d3";

export interface RefusalNote {
  readonly node: HTMLElement;
  /** @param refusal what is refused where the pointer is; null where nothing is */
  show(refusal: string | null): void;
}

/** Pixels from the pointer to the note, and from the note to the screen's edge. */
const [away, edge] = [18, 8] as const;

/**
 * Says beside the pointer that drags in a drawing why it cannot drop there: the status line, which tells readers of screens
 * the same, may be below the screen.
 */
export function refusalNote(drawing: SVGElement): RefusalNote {
  const node = create<HTMLElement>("p")
    .attr("class", "refusal-note")
    .attr("aria-hidden", "true")
    .attr("hidden", "")
    .node()!;
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
