import { InvalidArgumentError, Option } from "commander";
import { type EngineChoice, engineNames } from "../engine/engineChoice.js";

/** `--engine`, the same on every command that computes. */
export function engineOption(): Option {
  return new Option("--engine <name>", "compute engine; auto takes the first that works")
    .choices(["auto", ...engineNames])
    .default("auto" satisfies EngineChoice);
}

/** `--data`, the same on every command that reads a data set. */
export function dataOption(): Option {
  return new Option("--data <dir>", "a folder in COCO format, or its parent").env("SPINENET_DATA");
}

/** `--jobs`, the same on every command that may train several times. */
export function jobsOption(): Option {
  return new Option(
    "--jobs <n>",
    "number of concurrent runs, each with one engine thread: wasm has only one anyway, and two single-threaded native " +
      "runs are faster than one run with two threads",
  )
    .argParser(parseFrom(1, 1024))
    .default(1);
}

export const parseWhole = numberParser(
  (text) => /^\d+$/.test(text) && Number.isSafeInteger(Number(text)),
  `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
);

export const parseCount = numberParser(
  (text) => /^0*[1-9]\d*$/.test(text) && Number.isSafeInteger(Number(text)),
  `a whole number from 1 to ${Number.MAX_SAFE_INTEGER}`,
);

/** A parser of whole numbers from `low` to `high`, both included. */
export function parseFrom(low: number, high: number): (text: string) => number {
  return numberParser(
    (text) => /^\d+$/.test(text) && Number(text) >= low && Number(text) <= high,
    `a whole number from ${low} to ${high}`,
  );
}

export const parsePositive = numberParser(
  (text) => Number(text) > 0 && Number.isFinite(Number(text)),
  "a finite number above 0",
);

export const parseNonNegative = numberParser(
  (text) => text.trim() !== "" && Number(text) >= 0 && Number.isFinite(Number(text)),
  "a finite number, 0 or more",
);

export const parseFraction = numberParser(
  (text) => text.trim() !== "" && Number(text) >= 0 && Number(text) <= 1,
  "a number from 0 to 1",
);

function numberParser(accepts: (text: string) => boolean, expected: string): (text: string) => number {
  return (text) => {
    if (!accepts(text)) throw new InvalidArgumentError(`It must be ${expected}.`);
    return Number(text);
  };
}

/** The side of a benchmark's images: every level of the network needs a whole number of cells. */
export function parseImageSize(text: string): number {
  const size = parseCount(text);
  if (size % 128 !== 0) throw new InvalidArgumentError("It must be a multiple of 128.");
  return size;
}

/** Comma-separated seeds without duplicates. */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(",").map((seed) => parseWhole(seed.trim()));
  if (new Set(seeds).size < seeds.length) throw new InvalidArgumentError("It has a duplicate seed.");
  return seeds;
}

/** A parser of comma-separated names out of a list. */
export function listOf<Name extends string>(names: readonly Name[]): (text: string) => Name[] {
  return (text) =>
    text.split(",").map((part) => {
      const name = names.find((known) => known === part.trim());
      if (name === undefined) {
        throw new InvalidArgumentError(`It must be a comma-separated list of ${names.join(", ")}.`);
      }
      return name;
    });
}

/** `cat,dog` as a list. */
export function parseNames(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes(""))
    throw new InvalidArgumentError("It must be a comma-separated list of names or ids.");
  return names;
}

/** `7,9` as a list of ids. */
export function parseIds(text: string): number[] {
  const ids = text.split(",").map(Number);
  if (!/^\s*-?\d+(\s*,\s*-?\d+)*\s*$/.test(text) || !ids.every(Number.isSafeInteger)) {
    throw new InvalidArgumentError("It must be a comma-separated list of integer ids.");
  }
  return ids;
}

/** `1,10,100` as the three numbers of detections of COCO's metrics. */
export function parseMaxDets(text: string): number[] {
  const numbers = text.split(",").map(Number);
  if (
    !/^\d+,\d+,\d+$/.test(text) ||
    !numbers.every(Number.isSafeInteger) ||
    !(numbers[0]! < numbers[1]! && numbers[1]! < numbers[2]!)
  ) {
    throw new InvalidArgumentError("It must be three ascending whole numbers, such as 1,10,100.");
  }
  return numbers;
}
