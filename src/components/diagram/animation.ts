/** True where the reader asks for less motion. */
export function prefersStillness(): boolean {
  return globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
}

/**
 * Draws the moments from 0 to 1, frame by frame, slowly at both ends; the last alone where the reader asks for less
 * motion.
 *
 * @param milliseconds how long it takes
 * @returns ends it where it is
 */
export function animate(draw: (time: number) => void, milliseconds: number, done?: () => void): () => void {
  if (milliseconds <= 0 || prefersStillness()) {
    draw(1);
    done?.();
    return () => {};
  }
  let start: number | undefined;
  let frame = requestAnimationFrame(function next(now) {
    start ??= now;
    const time = Math.min(1, (now - start) / milliseconds);
    draw(time < 0.5 ? 2 * time ** 2 : 1 - 2 * (1 - time) ** 2);
    if (time < 1) frame = requestAnimationFrame(next);
    else done?.();
  });
  return () => cancelAnimationFrame(frame);
}

/** Draws frame by frame, told how many milliseconds went by, until it is ended. */
export function everyFrame(draw: (elapsed: number) => void): () => void {
  let before: number | undefined;
  let frame = requestAnimationFrame(function next(now) {
    draw(Math.max(0, now - (before ?? now)));
    before = now;
    frame = requestAnimationFrame(next);
  });
  return () => cancelAnimationFrame(frame);
}
