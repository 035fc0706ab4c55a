import { cardPlace } from "./cardPlace.js";

/** Long enough that a pointer that only passes opens nothing, and that one on its way to the card keeps it. */
const delay = { show: 150, hide: 300 } as const;

interface Open {
  readonly link: HTMLElement;
  readonly card: HTMLElement;
}

/**
 * Shows the cards of terms beside the links that are described by them: when a pointer rests on a link, at once when
 * it gets focus by keyboard, and by a first tap, where a second one follows the link. A card stays while the pointer is
 * on it, and Escape takes it away (WCAG 2.2, 1.4.13). Where popovers are unknown the links stay plain.
 *
 * @returns what ends it
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
    // Of the page and not of the window, so that a card scrolls with its word.
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
