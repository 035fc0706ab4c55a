import * as v from "valibot";

const finite = v.pipe(v.number(), v.finite());
const id = v.pipe(v.number(), v.safeInteger());
const pixels = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const flag = v.picklist([0, 1]);
const box = v.strictTuple([finite, finite, finite, finite]);
const text = v.pipe(v.string(), v.nonEmpty());

const outlines = v.array(v.array(finite));
const runLengths = v.object({
  size: v.strictTuple([pixels, pixels]),
  counts: v.lazy((counts) => (typeof counts === "string" ? v.string() : v.array(finite))),
});
/** Only the types; `maskOf` checks whether it is a valid mask. */
const segmentation = v.lazy((value) => (Array.isArray(value) ? outlines : runLengths));

export const imageSchema = v.object({ id, file_name: text, width: pixels, height: pixels });

export const categorySchema = v.object({ id, name: text, supercategory: v.optional(v.string()) });

export const annotationSchema = v.object({
  id,
  image_id: id,
  category_id: id,
  bbox: box,
  area: v.optional(v.pipe(finite, v.minValue(0))),
  iscrowd: v.optional(flag, 0),
  ignore: v.optional(flag),
});

export const maskedAnnotationSchema = v.object({ ...annotationSchema.entries, segmentation });

export const detectionSchema = v.object({
  image_id: id,
  category_id: id,
  bbox: box,
  score: finite,
  file_name: v.optional(text),
});

/** A result with a mask, with or without a box; an empty box counts as absent, as in pycocotools. */
export const maskResultSchema = v.object({
  ...detectionSchema.entries,
  bbox: v.pipe(
    v.optional(v.lazy((value) => (Array.isArray(value) && value.length === 0 ? v.tuple([]) : box))),
    v.transform((value) => (value?.length === 4 ? value : undefined)),
  ),
  segmentation,
});
