import { whenSized, widthOf } from "./whenSized.js";

/**
 * Draws into a place, and again whenever its width changes.
 *
 * @param drawing the drawing for a width in pixels; null for none
 * @returns draws again, the first time too
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
