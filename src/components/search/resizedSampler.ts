import { prefersStillness } from "../diagram/animation.js";
import type { KeptState } from "../page/state/keptState.js";
import type { SearchState } from "./address.js";
import {
  type ArchitectureSampler,
  type ArchitectureSamplerOptions,
  architectureSampler,
} from "./architectureSampler.js";

/** A sampler in step with the page's state, redrawn at each width; what it played before then stops. */
export function resizedSampler(
  options: Pick<ArchitectureSamplerOptions, "beside" | "among" | "amongSeed">,
  state: KeptState<SearchState>,
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
        changed: state.keep,
      });
      return current.element;
    },
    stop,
  };
}
