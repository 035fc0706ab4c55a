import { leastIndex } from "d3";
import type { FoundObject } from "../../messages/detection.js";
import { shownText } from "../../text/shownText.js";

/** What the reader wants to see of all that was found. */
export interface Selection {
  /** Objects score at least this. */
  readonly score: number;
  /** Names of classes that are not shown. */
  readonly hidden: ReadonlySet<string>;
}

/** The objects that a selection lets through, in their order. */
export function selectedObjects(
  objects: readonly FoundObject[],
  { score, hidden }: Selection,
): FoundObject[] {
  return objects.filter((object) => object.score >= score && !hidden.has(object.name));
}

/** How many objects of each class score at least `score`; classes with none too, in the order of `classes`. */
export function countsByClass(
  objects: readonly FoundObject[],
  classes: readonly string[],
  score: number,
): Map<string, number> {
  const counts = new Map(classes.map((name) => [name, 0]));
  for (const object of objects) {
    if (object.score >= score) counts.set(object.name, (counts.get(object.name) ?? 0) + 1);
  }
  return counts;
}

/** Index of the smallest box around a point, in pixels of the image; null where there is none. */
export function boxAt(objects: readonly FoundObject[], across: number, down: number): number | null {
  const index = leastIndex(objects, ({ bbox: [x, y, width, height] }) => {
    const isWithin = across >= x && across <= x + width && down >= y && down <= y + height;
    return isWithin ? width * height : Number.NaN;
  });
  return index === undefined || index < 0 ? null : index;
}

/** "3 objects: 2 RBC, 1 WBC", most frequent first; "No object" where there is none. */
export function sentenceOf(objects: readonly FoundObject[]): string {
  if (objects.length === 0) return "No object";
  const counts = [...countsByClass(objects, [], 0)].sort(([, a], [, b]) => b - a);
  const listed = counts.map(([name, count]) => `${count} ${shownText(name)}`).join(", ");
  return `${objects.length} ${objects.length === 1 ? "object" : "objects"}: ${listed}`;
}

/** Colours that are distinct on any photograph and carry dark text, and a line style for each: never colour alone. */
const colours = ["#ffd447", "#46d9c0", "#ff8a7a", "#8cc8ff", "#d3acff", "#b5ec5b", "#ffab4a", "#ff9bd8"];
const lines = ["solid", "dashed", "dotted", "double"] as const;

interface ClassLook {
  readonly colour: string;
  readonly line: (typeof lines)[number];
}

/** How boxes of a class look, by its place among the classes of the weights. */
export function classLook(index: number): ClassLook {
  const place = Math.max(index, 0);
  return { colour: colours[place % colours.length]!, line: lines[place % lines.length]! };
}
