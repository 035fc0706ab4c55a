/** A rectangle of the window, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Between a word and its card, leaving the word's underline visible. */
const gap = 6;
/** Between a card and the window's edge. */
const margin = 10;

/**
 * Where a card goes: below its word and aligned with the word's start, shifted to stay within the window, and above the
 * word if there is only room there. In pixels of the window.
 */
export function cardPlace(
  word: Box,
  card: { readonly width: number; readonly height: number },
  window: { readonly width: number; readonly height: number },
): { readonly left: number; readonly top: number } {
  const left = Math.max(margin, Math.min(word.left, window.width - margin - card.width));
  const under = word.top + word.height + gap;
  const over = word.top - gap - card.height;
  const fits = under + card.height <= window.height - margin;
  return { left, top: fits || over < margin ? under : over };
}
