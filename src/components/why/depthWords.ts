import type { Depth, DepthStage } from "../../architecture/graph/depthStages.js";
import { fieldSide } from "../../architecture/graph/receptiveField.js";
import { harbourObjects, isSmallerThanCell } from "./harbourObjects.js";

/** What a stage makes: "Block 13", "P3", "Stem". */
export function stageName({ part, id }: DepthStage): string {
  return part === "stem" ? "Stem" : part === "block" ? `Block ${id}` : `P${id}`;
}

/** "20×20". */
export function cellsWords({ cells: [height, width] }: DepthStage): string {
  return `${height}×${width}`;
}

/** How far a cell sees in each direction of its map, in pixels: "1,023". */
export function seenSide({ field }: DepthStage): string {
  return fieldSide(field).toLocaleString("en-US");
}

/** How far a cell sees, and whether that is more than the input has. */
export function fieldWords(stage: DepthStage, { size }: Depth): string {
  const words = `${seenSide(stage)} pixels across`;
  const whole = Math.max(...size);
  return fieldSide(stage.field) > whole ? `${words}, more than the input’s ${whole}` : words;
}

/** Names of the objects that are smaller than one cell of the stage's map. */
export function smallObjects({ stride }: DepthStage, { size }: Depth): string[] {
  return harbourObjects
    .filter((object) => isSmallerThanCell(object, stride, size[1]))
    .map(({ name }) => name);
}

/** "None of the 9 objects is smaller than one cell.", or which are, with their numbers in the picture. */
export function smallWords(stage: DepthStage, depth: Depth): string {
  const names = smallObjects(stage, depth);
  const all = harbourObjects.length;
  if (names.length === 0) return `None of the ${all} objects is smaller than one cell.`;
  const numbered = harbourObjects.flatMap(({ name }, index) =>
    names.includes(name) ? [`${name} (${index + 1})`] : [],
  );
  return `Smaller than one cell, ${names.length} of ${all} objects: ${numbered.join(", ")}.`;
}

/** One stage of one network in a sentence. */
export function stageSentence(stage: DepthStage, depth: Depth): string {
  return (
    `${depth.model}, ${stageName(stage).toLowerCase().replace(/^p/, "P")}: level ${stage.level}, ${cellsWords(stage)} cells of ` +
    `${stage.stride} pixels; a cell sees ${fieldWords(stage, depth)}.`
  );
}

/** A network's stage at a place of the scrubber; a shorter network stays at its last one. */
export function stageAt({ stages }: Depth, place: number): DepthStage {
  return stages[Math.min(place, stages.length - 1)]!;
}

/** Whether a network has computed all its maps before this place. */
export function isDone({ stages }: Depth, place: number): boolean {
  return place >= stages.length;
}
