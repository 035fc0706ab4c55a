import { createHash } from "node:crypto";
import type { CocoAnnotation, CocoCategory, CocoImage } from "../../src/coco/types.js";
import type { DatasetImage, DetectionDataset } from "./dataset.js";

/** The union of several data sets' categories by name, in order of first appearance, with ids from 1. */
export function joinedCategories(
  parts: readonly DetectionDataset[],
  wanted?: readonly string[],
): CocoCategory[] {
  const named = new Map<string, CocoCategory>();
  for (const { categories } of parts) {
    for (const category of categories) {
      if (named.has(category.name) || (wanted && !wanted.includes(category.name))) continue;
      named.set(category.name, { ...category, id: named.size + 1 });
    }
  }
  const unknown = wanted?.find((name) => !named.has(name));
  if (named.size > 0 && unknown === undefined) return [...named.values()];
  const known = [...new Set(parts.flatMap(({ categories }) => categories.map(({ name }) => name)))].sort();
  throw new Error(
    `None of the data sets ${parts.map(({ name }) => name).join(", ")} has the category "${unknown ?? ""}"; they have ${known.join(", ")}.`,
  );
}

/**
 * A data set with the categories of a joined list, matched by name. Boxes of other categories are dropped, and each image
 * lists the categories that are not annotated in it. Image ids are kept.
 *
 * @returns a data set whose `hash` is the original one if no id changed, otherwise one over it and the list's names
 */
export function withCategories(part: DetectionDataset, list: readonly CocoCategory[]): DetectionDataset {
  const names = new Map(part.categories.map(({ id, name }) => [id, name]));
  const ids = new Map(list.map(({ id, name }) => [name, id]));
  const renamed = new Map([...names].map(([id, name]) => [id, ids.get(name)]));
  const labelled = new Set(names.values());
  const categories = list.filter(({ name }) => labelled.has(name));
  const unlabelled = list.filter(({ name }) => !labelled.has(name)).map(({ id }) => id);
  const relabelled = (annotations: readonly CocoAnnotation[]): CocoAnnotation[] =>
    annotations.flatMap((annotation) => {
      const id = renamed.get(annotation.category_id);
      return id === undefined ? [] : [{ ...annotation, category_id: id }];
    });
  const unchanged = [...renamed].every(([before, after]) => before === after);
  return {
    ...part,
    hash: unchanged ? part.hash : hashOf([part.hash, ...list.map(({ name }) => name)]),
    categories,
    images: part.images.map((image) => ({
      ...image,
      annotations: relabelled(image.annotations),
      ...(unlabelled.length > 0 ? { unlabelled } : {}),
    })),
    coco: { ...part.coco, annotations: relabelled(part.coco.annotations), categories },
  };
}

/**
 * Joins several data sets, with the categories of a joined list, matched by name. Images and annotations are renumbered
 * from 1, in the order of the parts. If any part lacks a category of the list, every image lists the categories that are
 * not annotated in it, even if there are none, so that all training batches have the same form.
 */
export function joinDatasets(
  parts: readonly DetectionDataset[],
  categories: readonly CocoCategory[],
): DetectionDataset {
  const images: DatasetImage[] = [];
  const cocoImages: CocoImage[] = [];
  const annotations: CocoAnnotation[] = [];
  const fitted = parts.map((part) => withCategories(part, categories));
  const partly = fitted.some((part) => part.categories.length < categories.length);
  for (const part of fitted) {
    for (const image of part.images) {
      const id = images.length + 1;
      const own = image.annotations.map((annotation, index) => ({
        ...annotation,
        id: annotations.length + index + 1,
        image_id: id,
      }));
      annotations.push(...own);
      images.push({
        ...image,
        id,
        annotations: own,
        ...(partly ? { unlabelled: image.unlabelled ?? [] } : {}),
      });
      cocoImages.push({ id, file_name: image.fileName, width: image.width, height: image.height });
    }
  }
  return {
    name: fitted.map(({ name }) => name).join("+"),
    split: [...new Set(fitted.map(({ split }) => split))].join("+"),
    hash: hashOf(fitted.map(({ hash }) => hash)),
    categories,
    images,
    coco: { images: cocoImages, annotations, categories },
  };
}

function hashOf(lines: readonly string[]): string {
  const hash = createHash("sha256");
  for (const line of lines) hash.update(`${line}\n`);
  return hash.digest("hex");
}
