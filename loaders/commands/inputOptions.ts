import { type Command, Option } from "commander";
import type { InputOptions } from "../training/input/pipeline.js";
import { parseFrom, parseNonNegative } from "./options.js";

/** The parsed options below. */
export interface InputFlags {
  readonly workers?: number;
  readonly imageCache?: string;
  readonly imageCacheLimit: number;
}

/** Adds the options of the input pipeline, the same on every command that trains. */
export function withInputOptions(command: Command): Command {
  return command
    .option(
      "--workers <n>",
      "threads that decode, augment and batch images; 0 does it between training steps (default: all cores but one, at most 4)",
      parseFrom(0, 1024),
    )
    .addOption(
      new Option(
        "--image-cache <dir>",
        "folder for decoded images (default: in the user's cache folder)",
      ).env("SPINENET_IMAGE_CACHE"),
    )
    .option(
      "--image-cache-limit <gib>",
      "maximum size of the decoded images in GiB; the least recently used are deleted first, and 0 stores none",
      parseNonNegative,
      20,
    );
}

/** The input pipeline's settings by these options. */
export async function inputOf({ workers, imageCache, imageCacheLimit }: InputFlags): Promise<InputOptions> {
  const [{ decodedImagesFolder }, { DecodingDisplay }, { defaultWorkers }] = await Promise.all([
    import("../datasets/decodedImages.js"),
    import("../training/display/display.js"),
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
