import * as v from "valibot";
import type { CocoDataset, CocoDetection } from "./types.js";

const finite = v.pipe(v.number(), v.finite());
const id = v.pipe(v.number(), v.safeInteger());
const pixels = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const flag = v.picklist([0, 1]);
const box = v.strictTuple([finite, finite, finite, finite]);

const datasetSchema = v.object({
  images: v.array(
    v.object({ id, file_name: v.pipe(v.string(), v.nonEmpty()), width: pixels, height: pixels }),
  ),
  annotations: v.array(
    v.object({
      id,
      image_id: id,
      category_id: id,
      bbox: box,
      area: v.optional(v.pipe(finite, v.minValue(0))),
      iscrowd: v.optional(flag, 0),
      ignore: v.optional(flag),
    }),
  ),
  categories: v.array(
    v.object({ id, name: v.pipe(v.string(), v.nonEmpty()), supercategory: v.optional(v.string()) }),
  ),
});

const detectionsSchema = v.array(
  v.object({
    image_id: id,
    category_id: id,
    bbox: box,
    score: finite,
    file_name: v.optional(v.pipe(v.string(), v.nonEmpty())),
  }),
);

/**
 * Reads the shape of an `instances_*.json`: every field detection needs, of the right type. An annotation
 * without `area` gets its box's, one without `iscrowd` gets 0; fields not named in `CocoDataset` are dropped.
 * Whether ids and boxes make sense together is `validateDataset`'s to say.
 *
 * @param value the parsed JSON
 * @param source what errors call the file
 * @throws Error naming file, index, field, what was found and what would be right
 */
export function parseDataset(value: unknown, source: string): CocoDataset {
  const { images, annotations, categories } = check(datasetSchema, value, source);
  return {
    images,
    annotations: annotations.map((annotation) => ({
      ...annotation,
      area: annotation.area ?? annotation.bbox[2] * annotation.bbox[3],
    })),
    categories,
  };
}

/**
 * Reads a COCO results array: boxes `[x, y, width, height]` with a score, any number of them.
 *
 * @param value the parsed JSON
 * @param source what errors call the file
 * @throws Error naming file, index, field, what was found and what would be right
 */
export function parseDetections(value: unknown, source: string): CocoDetection[] {
  const detections = check(detectionsSchema, value, source);
  const negative = detections.findIndex(({ bbox }) => bbox[2] < 0 || bbox[3] < 0);
  if (negative >= 0) {
    throw new Error(
      `${source}: [${negative}].bbox: [${detections[negative]!.bbox.join(", ")}] has a negative size; ` +
        "a box is [x, y, width, height], not two corners.",
    );
  }
  return detections;
}

// The first issue is enough to act on, and stopping there keeps files of a million broken rows cheap.
function check<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  source: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) {
    return result.output;
  }
  const [issue] = result.issues;
  const path = pathOf(issue);
  return refuse(`${source}: ${path === "" ? "" : `${path}: `}${remedyOf(issue)}`);
}

function refuse(message: string): never {
  throw new Error(message);
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) =>
    typeof key === "number" ? `[${key}]` : `.${String(key)}`,
  );
  return keys.join("").replace(/^\./, "");
}

function remedyOf(issue: v.BaseIssue<unknown>): string {
  const field = issue.path?.findLast(({ key }) => typeof key === "string")?.key;
  const expected = issue.path === undefined ? undefined : EXPECTED[String(field)];
  const found = issue.received === "undefined" ? "missing" : `is ${readable(issue.received)}`;
  return `${found}; expected ${expected ?? readable(issue.expected ?? "another value")}.`;
}

function readable(value: string): string {
  return value === "Object" ? "an object" : value === "Array" ? "an array" : value;
}

const EXPECTED: Record<string, string> = {
  images: "an array of {id, file_name, width, height}",
  annotations: "an array of {id, image_id, category_id, bbox, area, iscrowd}",
  categories: "an array of {id, name}",
  id: "a whole number",
  image_id: "the id of an image, a whole number",
  category_id: "the id of a category, a whole number",
  file_name: "the image's file name",
  name: "the category's name",
  supercategory: "a name",
  width: "a whole number of pixels above 0",
  height: "a whole number of pixels above 0",
  bbox: "four finite numbers, [x, y, width, height] in pixels",
  area: "a number of square pixels, 0 or more",
  iscrowd: "0 or 1",
  ignore: "0 or 1",
  score: "a finite number",
};
