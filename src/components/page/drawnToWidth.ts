import { whenSized, widthOf } from "./whenSized.js";

/**
 * Draws into an element, and again whenever its width changes.
 *
 * @param drawing the drawing for a width in pixels; null for none
 * @returns the function that draws, to be called first and after each change
 */
export function drawnToWidth(place: HTMLElement, drawing: (width: number) => Element | null): () => void {
  let drawnWidth = 0;
  const draw = () => {
    drawnWidth = widthOf(place);
    place.replaceChildren(...[drawing(drawnWidth)].filter((element) => element !== null));
  };
  whenSized(place, (width) => {
    if (width !== drawnWidth) draw();
  });
  return draw;
}
