import type { EngineChoice } from "../engine/choice.js";
import type { Precision } from "../engine/steps/precision.js";
import type { InputFlags } from "./inputOptions.js";

/** The parsed options of `train`. */
export interface TrainFlags extends InputFlags {
  readonly data?: string;
  readonly engine: EngineChoice;
  readonly threads?: number;
  readonly rate?: number;
  readonly precision?: Precision;
  readonly resume?: boolean;
  readonly restart?: boolean;
  readonly out: string;
  readonly dtype: "float16" | "float32";
  readonly skipInvalid?: boolean;
  readonly json?: boolean;
}

/** The command line arguments that train one study with these options. */
export function trainArguments(study: string, seed: number | undefined, flags: TrainFlags): string[] {
  const valued: readonly (readonly [name: string, value: string | number | undefined])[] = [
    ["--seed", seed],
    ["--data", flags.data],
    ["--engine", flags.engine],
    ["--threads", flags.threads],
    ["--rate", flags.rate],
    ["--precision", flags.precision],
    ["--out", flags.out],
    ["--dtype", flags.dtype],
    ["--workers", flags.workers],
    ["--image-cache", flags.imageCache],
    ["--image-cache-limit", flags.imageCacheLimit],
  ];
  const set: readonly (readonly [name: string, value: boolean | undefined])[] = [
    ["--resume", flags.resume],
    ["--restart", flags.restart],
    ["--skip-invalid", flags.skipInvalid],
    ["--json", flags.json],
  ];
  return [
    "train",
    study,
    ...valued.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)])),
    ...set.flatMap(([name, value]) => (value ? [name] : [])),
  ];
}
