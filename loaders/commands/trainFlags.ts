import type { EngineChoice } from "../engine/engineChoice.js";
import type { Precision } from "../engine/steps/precision.js";
import type { InputFlags } from "./inputOptions.js";

/** The parsed options of `train`. */
export interface TrainFlags extends InputFlags {
  readonly data?: string;
  readonly engine: EngineChoice;
  readonly threads?: number;
  readonly rate?: number;
  readonly newRate?: number;
  readonly precision?: Precision;
  readonly resume?: boolean;
  readonly restart?: boolean;
  readonly out: string;
  readonly dtype: "float16" | "float32";
  readonly skipInvalid?: boolean;
  readonly allowChanges?: boolean;
  readonly json?: boolean;
}

/** The command line arguments that train one study with these options, and no others. */
export function trainArguments(study: string, seed: number | undefined, flags: TrainFlags): string[] {
  const { data, engine, threads, rate, newRate, precision, out, dtype } = flags;
  const { workers, imageCache, imageCacheLimit } = flags;
  const { resume, restart, skipInvalid, allowChanges, json } = flags;
  const valued = {
    seed,
    data,
    engine,
    threads,
    rate,
    newRate,
    precision,
    out,
    dtype,
    workers,
    imageCache,
    imageCacheLimit,
  };
  return [
    "train",
    study,
    ...Object.entries(valued).flatMap(([name, value]) =>
      value === undefined ? [] : [optionOf(name), String(value)],
    ),
    ...Object.entries({ resume, restart, skipInvalid, allowChanges, json }).flatMap(([name, isSet]) =>
      isSet ? [optionOf(name)] : [],
    ),
  ];
}

function optionOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
