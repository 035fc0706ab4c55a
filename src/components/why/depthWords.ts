import type { Depth, DepthStep } from "../../architecture/graph/depth.js";
import { fieldSide } from "../../architecture/graph/receptiveField.js";
import { harbourObjects, isSmallerThanCell } from "./harbourObjects.js";

/** What a step makes: "Block 13", "P3", "Stem". */
export function stepName({ part, id }: DepthStep): string {
  return part === "stem" ? "Stem" : part === "block" ? `Block ${id}` : `P${id}`;
}

/** "20×20". */
export function cellsWords({ cells: [height, width] }: DepthStep): string {
  return `${height}×${width}`;
}

/** How far a cell sees, and whether that is more than the input has. */
export function fieldWords({ field }: DepthStep, { size }: Depth): string {
  const side = fieldSide(field);
  const words = `${side.toLocaleString("en-US")} pixels across`;
  const whole = Math.max(...size);
  return side > whole ? `${words}, more than the input’s ${whole}` : words;
}

/** Names of the objects that are smaller than one cell of the step's map. */
export function smallObjects({ stride }: DepthStep, { size }: Depth): string[] {
  return harbourObjects
    .filter((object) => isSmallerThanCell(object, stride, size[1]))
    .map(({ name }) => name);
}

/** "None of the 9 objects is smaller than one cell.", or which are, with their numbers in the picture. */
export function smallWords(step: DepthStep, depth: Depth): string {
  const names = smallObjects(step, depth);
  const all = harbourObjects.length;
  if (names.length === 0) return `None of the ${all} objects is smaller than one cell.`;
  const numbered = harbourObjects.flatMap(({ name }, index) =>
    names.includes(name) ? [`${name} (${index + 1})`] : [],
  );
  return `Smaller than one cell, ${names.length} of ${all} objects: ${numbered.join(", ")}.`;
}

/** One step of one network in a sentence. */
export function stepSentence(step: DepthStep, depth: Depth): string {
  return (
    `${depth.model}, ${stepName(step).toLowerCase().replace(/^p/, "P")}: level ${step.level}, ${cellsWords(step)} cells of ` +
    `${step.stride} pixels; a cell sees ${fieldWords(step, depth)}.`
  );
}

/** A network's step at a place of the scrubber; a shorter network stays at its last one. */
export function stepAt({ steps }: Depth, place: number): DepthStep {
  return steps[Math.min(place, steps.length - 1)]!;
}

/** Whether a network has computed all its maps before this place. */
export function isDone({ steps }: Depth, place: number): boolean {
  return place >= steps.length;
}
