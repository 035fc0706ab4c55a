import { type Command, InvalidArgumentError, Option } from "commander";
import type { InputOptions } from "../training/input.js";
import { parseWhole } from "./options.js";

/** What the options below are read as. */
export interface InputFlags {
  readonly workers?: number;
  readonly imageCache?: string;
  readonly imageCacheLimit: number;
}

/** `--workers` and `--image-cache`, the same on every command that trains. */
export function addInputOptions(command: Command): Command {
  return command
    .option(
      "--workers <n>",
      "threads that decode, augment and batch images; 0 does it between the engine's steps (default: all cores but one, 4 at most)",
      parseWhole,
    )
    .addOption(
      new Option(
        "--image-cache <dir>",
        "where decoded images are kept (default: in the user's cache folder)",
      ).env("SPINENET_IMAGE_CACHE"),
    )
    .option(
      "--image-cache-limit <gib>",
      "what they may take; those used longest ago go first, and 0 keeps none",
      parseGibibytes,
      20,
    );
}

/** How a run's images come to the engine, by these options. */
export async function inputOf({ workers, imageCache, imageCacheLimit }: InputFlags): Promise<InputOptions> {
  const [{ decodedImagesFolder }, { DecodingDisplay }, { defaultWorkers }] = await Promise.all([
    import("../datasets/decodedImages.js"),
    import("../training/display.js"),
    import("../training/input.js"),
  ]);
  const display = new DecodingDisplay();
  return {
    workers: workers ?? defaultWorkers(),
    cache: { folder: imageCache ?? decodedImagesFolder(), limitBytes: imageCacheLimit * 2 ** 30 },
    onWaiting: (file) => display.waiting(file),
    onDecoded: (...progress) => display.decoded(...progress),
  };
}

function parseGibibytes(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0)) throw new InvalidArgumentError("It must be a number, 0 or more.");
  return value;
}
