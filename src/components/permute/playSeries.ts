import type { PresetName } from "../../architecture/families/presets.js";
import { series } from "./presetPicker.js";

export interface SeriesPlayer {
  readonly playing: boolean;
  toggle(): void;
  stop(): void;
}

/** A network stays for so long, of which a morph takes the first part. */
const stay = 2200;

/** Shows the series from ResNet to SpineNet, one network after the other. */
export function playSeries(show: (name: PresetName) => void, ended: () => void): SeriesPlayer {
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
