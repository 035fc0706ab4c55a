import { InvalidArgumentError, Option } from "commander";
import type { InputOptions } from "../training/input/pipeline.js";
import { parseWhole } from "./options.js";

/** What the options below are read as. */
export interface InputFlags {
  readonly workers?: number;
  readonly imageCache?: string;
  readonly imageCacheLimit: number;
}

/** `--workers`, the same on every command that trains. */
export function workersOption(): Option {
  return new Option(
    "--workers <n>",
    "threads that decode, augment and batch images; 0 does it between the engine's steps (default: all cores but one, 4 at most)",
  ).argParser(parseWhole);
}

/** `--image-cache`, likewise. */
export function imageCacheOption(): Option {
  return new Option(
    "--image-cache <dir>",
    "where decoded images are kept (default: in the user's cache folder)",
  ).env("SPINENET_IMAGE_CACHE");
}

/** `--image-cache-limit`, likewise. */
export function imageCacheLimitOption(): Option {
  return new Option(
    "--image-cache-limit <gib>",
    "what decoded images may take; those used longest ago go first, and 0 keeps none",
  )
    .argParser(parseGibibytes)
    .default(20);
}

/** How a run's images come to the engine, by these options. */
export async function inputOf({ workers, imageCache, imageCacheLimit }: InputFlags): Promise<InputOptions> {
  const [{ decodedImagesFolder }, { DecodingDisplay }, { defaultWorkers }] = await Promise.all([
    import("../datasets/decodedImages.js"),
    import("../training/progress/display.js"),
    import("../training/input/pipeline.js"),
  ]);
  return {
    workers: workers ?? defaultWorkers(),
    cache: {
      folder: imageCache ?? decodedImagesFolder(),
      limitBytes: imageCacheLimit * 2 ** 30,
      report: new DecodingDisplay(),
    },
  };
}

function parseGibibytes(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0)) throw new InvalidArgumentError("It must be a number, 0 or more.");
  return value;
}
