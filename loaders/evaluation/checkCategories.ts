import type { ClassChannel } from "../../src/checkpoints/weights.js";
import type { DetectionDataset } from "../datasets/dataset.js";
import { terminalName } from "../terminal.js";

/** @throws Error naming a category of the data set without a class channel. */
export function checkCategories(
  classes: readonly ClassChannel[],
  { name, split, categories }: DetectionDataset,
): void {
  const known = new Map(classes.map((entry) => [entry.categoryId, entry.name]));
  for (const category of categories) {
    if (known.get(category.id) !== category.name) {
      throw new Error(
        `The split ${split} of the data set ${name} has the category ${category.id} "${terminalName(category.name)}", which the weights do not have; ` +
          `they have ${listedClasses(classes)}.`,
      );
    }
  }
}

/** Classes that an error lists. */
const mostListed = 20;

function listedClasses(classes: readonly ClassChannel[]): string {
  const beyond = classes.length - mostListed;
  const listed = classes
    .slice(0, mostListed)
    .map((entry) => `${entry.categoryId} "${terminalName(entry.name)}"`);
  return listed.join(", ") + (beyond > 0 ? ` and ${beyond} more` : "");
}
