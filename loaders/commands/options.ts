import { InvalidArgumentError, Option } from "commander";
import { type EngineChoice, engineNames } from "../engine/choice.js";

/** `--engine`, the same on every command that computes. */
export function engineOption(): Option {
  return new Option("--engine <name>", "what computes; auto takes the first that works")
    .choices(["auto", ...engineNames])
    .default("auto" satisfies EngineChoice);
}

/** `--data`, the same on every command that reads a data set. */
export function dataOption(): Option {
  return new Option("--data <dir>", "a COCO-format folder, or the folder that holds it").env("SPINENET_DATA");
}

/** `--jobs`, the same on every command that may train several times. */
export function jobsOption(): Option {
  return new Option(
    "--jobs <n>",
    "runs at a time, where there are several, with one thread of the engine each: wasm has no more than one, and of two " +
      "threads a native run makes less than two runs do",
  )
    .argParser(parseCount)
    .default(1);
}

export function parseWhole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number, 0 or more.");
  return Number(text);
}

/** A number of things of which there must be at least one. */
export function parseCount(text: string): number {
  if (!/^0*[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It must be a whole number, 1 or more.");
  return Number(text);
}

/** Height and width of an image in a benchmark: every level of its network needs a whole number of cells. */
export function parseImageSize(text: string): number {
  const size = parseCount(text);
  if (size % 128 !== 0) throw new InvalidArgumentError("It must be a multiple of 128.");
  return size;
}

/** Seeds with commas between them, each once. */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(",").map((seed) => parseWhole(seed.trim()));
  if (new Set(seeds).size < seeds.length) throw new InvalidArgumentError("It names a seed twice.");
  return seeds;
}

/** A measure such as a learning rate. */
export function parsePositive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}
