/** Tells an element's width in whole pixels, now and whenever it changes; never where nothing is laid out. */
export function whenSized(element: HTMLElement, sized: (width: number) => void): void {
  if (typeof ResizeObserver === "undefined") return;
  new ResizeObserver(() => {
    const width = Math.floor(element.clientWidth);
    if (width > 0) sized(width);
  }).observe(element);
}

/** An element's width in whole pixels, as far as it is laid out; a page's usual one where it is not. */
export function widthOf(element: HTMLElement): number {
  return element.clientWidth > 0 ? element.clientWidth : 640;
}
