import { prefersStillness } from "../diagram/animation.js";
import type { UrlState } from "../page/state/urlState.js";
import {
  type ArchitectureSampler,
  type ArchitectureSamplerOptions,
  architectureSampler,
} from "./architectureSampler.js";
import type { SearchState } from "./urlState.js";

/** A sampler that reads and updates the page's state. Drawing it again at another width stops it from playing. */
export function resizedSampler(
  options: Pick<ArchitectureSamplerOptions, "beside" | "among" | "amongSeed">,
  state: UrlState<SearchState>,
): { draw(width: number): HTMLElement; stop(): void } {
  let current: ArchitectureSampler | null = null;
  const stop = (): void => current?.stop();
  return {
    draw(width) {
      stop();
      const { seed, number } = state.value;
      current = architectureSampler({
        ...options,
        width,
        seed,
        number,
        reducedMotion: prefersStillness(),
        changed: state.set,
      });
      return current.element;
    },
    stop,
  };
}
