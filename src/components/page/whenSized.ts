/** Reports an element's width in whole pixels, now and whenever it changes; never without layout. */
export function whenSized(element: HTMLElement, sized: (width: number) => void): void {
  if (typeof ResizeObserver === "undefined") return;
  new ResizeObserver(() => {
    const width = Math.floor(element.clientWidth);
    if (width > 0) sized(width);
  }).observe(element);
}

/** An element's width in pixels; without layout, a typical width of a page. */
export function widthOf(element: HTMLElement): number {
  return element.clientWidth > 0 ? element.clientWidth : 640;
}
