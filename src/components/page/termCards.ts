import { cardPlace } from "./cardPlace.js";

/** Milliseconds. A pointer that only passes opens no card, and one on its way to the card does not close it. */
const delay = { show: 150, hide: 300 } as const;

interface Open {
  readonly link: HTMLElement;
  readonly card: HTMLElement;
}

/**
 * Shows a term's card beside its link: when a pointer rests on the link, immediately on keyboard focus, and on a first
 * tap; a second tap follows the link. A card stays open while the pointer is over it, and Escape closes it (WCAG 2.2,
 * 1.4.13). In browsers without popovers, the links are plain links.
 *
 * @returns a function that stops it
 */
export function termCards(document: Document): () => void {
  const window = document.defaultView;
  if (window === null || !("popover" in window.HTMLElement.prototype)) return () => {};
  let open: Open | null = null;
  let waiting: number | undefined;

  const hide = (): void => {
    window.clearTimeout(waiting);
    if (open?.card.isConnected) open.card.hidePopover();
    open = null;
  };
  const show = (link: HTMLElement, at?: { readonly x: number; readonly y: number }): void => {
    window.clearTimeout(waiting);
    if (open?.link === link) return;
    hide();
    const card = document.getElementById(link.getAttribute("aria-describedby") ?? "");
    if (card === null) return;
    card.showPopover();
    const lines = [...link.getClientRects()];
    const line =
      lines.find(({ top, bottom }) => at !== undefined && top <= at.y && at.y <= bottom) ?? lines[0];
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const place = cardPlace(line ?? link.getBoundingClientRect(), card.getBoundingClientRect(), {
      width,
      height,
    });
    // In page coordinates, so that a card scrolls with its word.
    card.style.left = `${place.left + window.scrollX}px`;
    card.style.top = `${place.top + window.scrollY}px`;
    open = { link, card };
  };
  const termAt = ({ target }: Event): HTMLElement | null =>
    target instanceof window.Element ? target.closest<HTMLElement>("a.term") : null;
  const onOpen = ({ target }: Event): boolean =>
    open !== null &&
    target instanceof window.Node &&
    (open.link.contains(target) || open.card.contains(target));

  const ending = new AbortController();
  const on = <Name extends keyof DocumentEventMap>(
    name: Name,
    listener: (event: DocumentEventMap[Name]) => void,
    capture = false,
  ): void => document.addEventListener(name, listener, { signal: ending.signal, capture });
  on("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    window.clearTimeout(waiting);
    const link = termAt(event);
    if (onOpen(event)) return;
    const { clientX: x, clientY: y } = event;
    if (link !== null) waiting = window.setTimeout(() => show(link, { x, y }), delay.show);
    else if (open !== null && open.link !== document.activeElement)
      waiting = window.setTimeout(hide, delay.hide);
  });
  on("pointerdown", (event) => {
    if (!onOpen(event)) hide();
  });
  on("click", (event) => {
    const link = termAt(event);
    const tapped = "pointerType" in event && event.pointerType === "touch";
    if (link === null || !tapped || open?.link === link) return;
    event.preventDefault();
    show(link, { x: event.clientX, y: event.clientY });
  });
  on("focusin", (event) => {
    const link = termAt(event);
    if (link?.matches(":focus-visible")) show(link);
  });
  on("focusout", (event) => {
    if (termAt(event) === open?.link) hide();
  });
  on(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      if (open !== null) event.stopPropagation();
      hide();
    },
    true,
  );
  return () => {
    ending.abort();
    hide();
  };
}
