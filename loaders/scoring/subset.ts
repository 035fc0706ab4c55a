import type { CocoCategory, CocoImage } from "../../src/coco/types.js";
import { nearestName } from "../commands/nearestName.js";

/**
 * Ids of categories given by id or name.
 *
 * @throws Error naming the first unknown one, and the nearest name
 */
export function categoryIdsOf(
  list: readonly string[],
  categories: readonly CocoCategory[],
  source: string,
): number[] {
  const ids = new Map(categories.map(({ id, name }) => [name, id]));
  for (const { id } of categories) {
    ids.set(String(id), id);
  }
  return list.map((wanted) => {
    const id = ids.get(wanted);
    if (id === undefined) {
      const nearest = nearestName(
        wanted,
        categories.map(({ name }) => name),
      );
      throw new Error(
        `--categories: ${source} has no category ${wanted}${nearest ? `; the nearest is ${nearest}` : ""}.`,
      );
    }
    return id;
  });
}

/** @throws Error naming the first unknown id */
export function imageIdsOf(list: readonly number[], images: readonly CocoImage[], source: string): number[] {
  const ids = new Set(images.map(({ id }) => id));
  const unknown = list.find((id) => !ids.has(id));
  if (unknown !== undefined) {
    throw new Error(`--images: ${source} has no image with the id ${unknown}.`);
  }
  return [...list];
}
