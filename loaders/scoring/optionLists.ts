import { InvalidArgumentError } from "commander";

/** `cat,dog` as a list. */
export function parseNames(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw new InvalidArgumentError("It must be names or ids with commas between them.");
  return names;
}

/** `7,9` as a list of ids. */
export function parseIds(text: string): number[] {
  const ids = text.split(",").map(Number);
  if (!/^\s*-?\d+(\s*,\s*-?\d+)*\s*$/.test(text) || !ids.every(Number.isSafeInteger)) {
    throw new InvalidArgumentError("It must be ids, whole numbers, with commas between them.");
  }
  return ids;
}

/** `1,10,100` as the three numbers of detections that COCO's twelve numbers are about. */
export function parseMaxDets(text: string): number[] {
  const numbers = text.split(",").map(Number);
  if (!/^\d+,\d+,\d+$/.test(text) || !(numbers[0]! < numbers[1]! && numbers[1]! < numbers[2]!)) {
    throw new InvalidArgumentError("It must be three ascending whole numbers, such as 1,10,100.");
  }
  return numbers;
}
