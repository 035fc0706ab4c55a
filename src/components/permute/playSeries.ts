import type { PresetName } from "../../architecture/families/presets.js";

interface SeriesPlayer {
  readonly playing: boolean;
  toggle(): void;
  stop(): void;
}

/** Milliseconds that each network is shown for, its morph included. */
const stay = 2200;

/** Shows a series of networks one after the other. */
export function playSeries(
  series: readonly PresetName[],
  show: (name: PresetName) => void,
  ended: () => void,
): SeriesPlayer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const next = (index: number): void => {
    const name = series[index];
    timer = index + 1 < series.length ? setTimeout(() => next(index + 1), stay) : undefined;
    if (name) show(name);
  };
  return {
    get playing() {
      return timer !== undefined;
    },
    toggle() {
      if (timer === undefined) return next(0);
      stop();
      ended();
    },
    stop,
  };
}
