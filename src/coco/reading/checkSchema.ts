import * as v from "valibot";
import { shownText } from "../../text/shownText.js";

/**
 * Checks a value against a schema. It stops at the first issue, which is enough to act on and keeps files with a million
 * broken rows cheap.
 *
 * @param source what errors call the file
 * @param path where in the file the value is, such as `annotations[3]`; empty for the whole
 * @throws Error naming file, index, field, what was found and what would be right
 */
export function check<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  source: string,
  path = "",
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) {
    return result.output;
  }
  const [issue] = result.issues;
  const place = (path + pathOf(issue)).replace(/^\./, "");
  throw new Error(`${source}: ${place === "" ? "" : `${place}: `}${remedyOf(issue)}`);
}

/** What each field must hold, as errors put it. */
export const expectedByField: Readonly<Record<string, string>> = {
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
  segmentation: "outlines, [[x1, y1, x2, y2, …], …] in pixels, or run lengths, {size, counts}",
  size: "the mask's [height, width], whole numbers of pixels above 0",
  counts: "run lengths, a string or an array of numbers",
};

function pathOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) =>
    typeof key === "number" ? `[${key}]` : `.${shownText(String(key))}`,
  );
  return keys.join("");
}

function remedyOf(issue: v.BaseIssue<unknown>): string {
  const field = issue.path?.findLast(({ key }) => typeof key === "string")?.key;
  const expected = issue.path === undefined ? undefined : expectedByField[String(field)];
  const found = issue.received === "undefined" ? "missing" : `is ${shownText(readable(issue.received))}`;
  return `${found}; expected ${expected ?? readable(issue.expected ?? "another value")}.`;
}

function readable(value: string): string {
  return value === "Object" ? "an object" : value === "Array" ? "an array" : value;
}
