import { describe, expect, it } from "vitest";
import type { DetectionDataset } from "../../../loaders/datasets/dataset.js";
import { joinDatasets, joinedCategories, withCategories } from "../../../loaders/datasets/joinedDataset.js";
import type { CocoAnnotation } from "../../../src/coco/types.js";

/** A data set of images with a box of each category that is listed for them. */
function dataset(name: string, categories: readonly string[], boxed: readonly (readonly string[])[]) {
  const list = categories.map((category, index) => ({ id: (index + 1) * 10, name: category }));
  const images = boxed.map((names, index) => ({
    id: index + 1,
    open: () => Promise.reject(new Error("nothing to see")),
    fileName: `${name}${index + 1}.jpg`,
    width: 8,
    height: 6,
    annotations: names.map(
      (category, at): CocoAnnotation => ({
        id: (index + 1) * 100 + at,
        image_id: index + 1,
        category_id: list.find((one) => one.name === category)!.id,
        bbox: [0, 0, 4, 4],
        area: 16,
        iscrowd: 0,
      }),
    ),
  }));
  return {
    name,
    split: "train",
    hash: name,
    categories: list,
    images,
    coco: {
      images: images.map(({ id, fileName, width, height }) => ({ id, file_name: fileName, width, height })),
      annotations: images.flatMap(({ annotations }) => annotations),
      categories: list,
    },
  } satisfies DetectionDataset;
}

const people = dataset("people", ["person"], [["person", "person"], []]);
const pets = dataset("pets", ["dog", "person", "cat"], [["cat", "person"], ["dog"]]);

describe("categories of several data sets", () => {
  it("are one list, by name, in the order in which they first appear", () => {
    expect(joinedCategories([people, pets])).toEqual([
      { id: 1, name: "person" },
      { id: 2, name: "dog" },
      { id: 3, name: "cat" },
    ]);
  });

  it("may be a choice, of names that there are", () => {
    expect(joinedCategories([pets, people], ["person", "cat"])).toEqual([
      { id: 1, name: "person" },
      { id: 2, name: "cat" },
    ]);
    expect(() => joinedCategories([people, pets], ["person", "cow"])).toThrow(
      'None of the data sets people, pets has the category "cow"; they have cat, dog, person.',
    );
  });
});

describe("a joined data set", () => {
  it("holds every image under an id of its own, and the boxes of the categories in the list", () => {
    const joined = joinDatasets([people, pets], joinedCategories([people, pets], ["person"]));
    expect(joined).toMatchObject({
      name: "people+pets",
      split: "train",
      categories: [{ id: 1, name: "person" }],
    });
    expect(joined.images.map(({ id, fileName, annotations }) => [id, fileName, annotations.length])).toEqual([
      [1, "people1.jpg", 2],
      // Without a box, and so an example of what is not a person.
      [2, "people2.jpg", 0],
      [3, "pets1.jpg", 1],
      [4, "pets2.jpg", 0],
    ]);
    // Every data set of the two labels persons.
    expect(joined.images.every(({ unlabelled }) => unlabelled === undefined)).toBe(true);
    expect(
      joined.coco.annotations.map(({ id, image_id, category_id }) => [id, image_id, category_id]),
    ).toEqual([
      [1, 1, 1],
      [2, 1, 1],
      [3, 3, 1],
    ]);
    expect(joined.images.flatMap(({ annotations }) => annotations)).toEqual(joined.coco.annotations);
    expect(joined.coco.images.map(({ id, file_name }) => [id, file_name])).toEqual(
      joined.images.map(({ id, fileName }) => [id, fileName]),
    );
  });

  it("says of each image which categories nobody boxed in it", () => {
    const joined = joinDatasets([people, pets], joinedCategories([people, pets]));
    // Dogs are 2 and cats 3.
    expect(joined.images.map(({ unlabelled }) => unlabelled)).toEqual([[2, 3], [2, 3], [], []]);
  });

  it("has a hash over those of its parts, their order and the categories", () => {
    const all = joinedCategories([people, pets]);
    const hashes = [
      joinDatasets([people, pets], all).hash,
      joinDatasets([pets, people], all).hash,
      joinDatasets([people, { ...pets, hash: "other" }], all).hash,
      joinDatasets([people, pets], joinedCategories([people, pets], ["person"])).hash,
    ];
    expect(new Set(hashes).size).toBe(4);
    expect(joinDatasets([people, pets], all).hash).toBe(hashes[0]);
  });
});

describe("a part with the categories of the whole", () => {
  it("keeps its images' ids and its own categories, by their ids in the list", () => {
    const part = withCategories(pets, joinedCategories([people, pets], ["cat", "person"]));
    expect(part.categories).toEqual([
      { id: 1, name: "person" },
      { id: 2, name: "cat" },
    ]);
    expect(part.coco.annotations.map(({ image_id, category_id }) => [image_id, category_id])).toEqual([
      [1, 2],
      [1, 1],
    ]);
    expect(part.hash).not.toBe(pets.hash);
  });

  it("has its own hash where nothing of it was changed", () => {
    const same = { ...people, categories: [{ id: 1, name: "person" }] };
    expect(withCategories(same, joinedCategories([same, pets])).hash).toBe("people");
  });
});
