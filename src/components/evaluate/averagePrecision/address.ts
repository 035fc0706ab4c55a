import * as v from "valibot";
import { cocoParameters } from "../../../coco/parameters.js";
import { apPresets } from "./presets.js";
import {
  imageSize,
  mostDetections,
  mostObjects,
  objectMarks,
  type Scene,
  type SceneBox,
  sceneCategories,
  sceneImages,
} from "./scene.js";
import { smallestSide } from "./sceneEdits.js";
import type { ApState } from "./store.js";
import { type ApView, areaNames, limits, thresholdText, usualView } from "./view.js";

/** Of the way in which boxes are written; another way gets another number. */
const version = "1";

/*
 * An object is nine digits of base 36: one that says image, category and mark, and two each for x, y, width and
 * height. A detection has two more, the score in hundredths.
 */
const base = 36;
const objectLength = 9;
const detectionLength = 11;

export interface ReadApAddress {
  readonly state: ApState;
  /** For what means nothing: what would be right, and what is shown instead. */
  readonly problems: readonly string[];
}

const names = ["scene", "boxes", "class", "iou", "size", "limit", "step"] as const;
type Name = (typeof names)[number];

/** Reads scene and look from an address's query; what is absent is as usual. */
export function readApAddress(query: string): ReadApAddress {
  const parameters = new URLSearchParams(query);
  const problems: string[] = [];
  const read = <Output>(
    name: Name,
    schema: v.GenericSchema<string, Output>,
    usual: Output,
    right: string,
  ): Output => {
    const text = parameters.get(name);
    if (text === null) return usual;
    const result = v.safeParse(schema, text);
    if (result.success) return result.output;
    problems.push(`The page's address says ${name}=${shortened(text)}; it should be ${right}.`);
    return usual;
  };

  const preset = read(
    "scene",
    oneOf(apPresets.map(({ id, ...rest }) => [id, { id, ...rest }])),
    apPresets[0]!,
    `one of ${apPresets.map(({ id }) => id).join(", ")}; the first is shown`,
  );
  const scene = read(
    "boxes",
    boxesSchema,
    preset.scene,
    `as this page writes it, and was perhaps cut on its way; “${preset.title}” is shown`,
  );
  const { view } = preset;
  return {
    state: {
      scene,
      view: {
        category: read(
          "class",
          oneOf(sceneCategories.map((name, index) => [name, index])),
          view.category,
          `${sceneCategories.join(" or ")}`,
        ),
        threshold: read(
          "iou",
          oneOf(cocoParameters.iouThresholds.map((_, index) => [thresholdText(index), index])),
          view.threshold,
          "one of COCO's thresholds, 0.50, 0.55, … 0.95",
        ),
        area: read("size", oneOf(areaNames.map((name) => [name, name])), view.area, areaNames.join(", ")),
        maxDets: read(
          "limit",
          oneOf(limits.map((limit) => [String(limit), limit])),
          view.maxDets,
          `one of ${limits.join(", ")}`,
        ),
        step: read("step", stepSchema, view.step, "how many detections are taken, a whole number"),
      },
    },
    problems,
  };
}

/** The query that says a state, with what is usual left out; parameters of others stay as they are. */
export function writeApAddress(query: string, { scene, view }: ApState): string {
  const parameters = new URLSearchParams(query);
  for (const name of names) parameters.delete(name);
  const write = (name: Name, value: string, usual: string) => {
    if (value !== usual) parameters.set(name, value);
  };
  const boxes = boxesText(scene);
  const preset = apPresets.find((entry) => boxesText(entry.scene) === boxes);
  const usual = preset?.view ?? usualView;
  if (preset === undefined) parameters.set("boxes", boxes);
  else write("scene", preset.id, apPresets[0]!.id);
  write("class", sceneCategories[view.category]!, sceneCategories[usual.category]!);
  write("iou", thresholdText(view.threshold), thresholdText(usual.threshold));
  write("size", view.area, usual.area);
  write("limit", String(view.maxDets), String(usual.maxDets));
  write("step", stepText(view), stepText(usual));
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

const stepText = ({ step }: ApView) => (step === null ? "" : String(step));

function shortened(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}

function oneOf<Value>(
  entries: readonly (readonly [name: string, value: Value])[],
): v.GenericSchema<string, Value> {
  const values = new Map(entries);
  return v.pipe(
    v.string(),
    v.rawTransform<string, Value>(({ dataset, addIssue, NEVER }) => {
      const value = values.get(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: "is none of those" });
      return NEVER;
    }),
  );
}

const stepSchema: v.GenericSchema<string, number | null> = v.pipe(
  v.string(),
  v.regex(/^\d{1,3}$/),
  v.transform(Number),
);

function boxesText({ objects, detections }: Scene): string {
  const digits = (value: number) => value.toString(base).padStart(2, "0");
  const place = (box: SceneBox, mark: number) =>
    ((box.image * sceneCategories.length + box.category) * objectMarks.length + mark).toString(base) +
    box.bbox.map(digits).join("");
  const objectTexts = objects.map((object) => place(object, objectMarks.indexOf(object.mark)));
  const detectionTexts = detections.map(
    (detection) => place(detection, 0) + digits(Math.round(detection.score * 100)),
  );
  return `${version}-${objectTexts.join("")}-${detectionTexts.join("")}`;
}

const boxesSchema: v.GenericSchema<string, Scene> = v.pipe(
  v.string(),
  v.regex(new RegExp(`^${version}-([0-9a-z]{${objectLength}})*-([0-9a-z]{${detectionLength}})*$`)),
  v.transform((text): Scene => {
    const [, objects = "", detections = ""] = text.split("-");
    return {
      objects: chunks(objects, objectLength).map((chunk) => {
        const { mark, ...box } = placeOf(chunk);
        return { ...box, mark: objectMarks[mark]! };
      }),
      detections: chunks(detections, detectionLength).map((chunk) => {
        const { mark: _, ...box } = placeOf(chunk);
        return { ...box, score: number(chunk, objectLength) / 100 };
      }),
    };
  }),
  v.check(
    ({ objects, detections }) =>
      [...objects, ...detections].every(isPossible) && detections.every(({ score }) => score <= 1),
  ),
  v.check(
    ({ objects, detections }) =>
      detections.length <= mostDetections &&
      sceneCategories.every(
        (_, index) => objects.filter(({ category }) => category === index).length <= mostObjects,
      ),
  ),
);

function placeOf(chunk: string): SceneBox & { readonly mark: number } {
  const place = Number.parseInt(chunk[0]!, base);
  const marks = objectMarks.length;
  const categories = sceneCategories.length;
  return {
    image: Math.floor(place / (marks * categories)),
    category: Math.floor(place / marks) % categories,
    mark: place % marks,
    bbox: [number(chunk, 1), number(chunk, 3), number(chunk, 5), number(chunk, 7)],
  };
}

function number(chunk: string, at: number): number {
  return Number.parseInt(chunk.slice(at, at + 2), base);
}

function chunks(text: string, length: number): string[] {
  return Array.from({ length: text.length / length }, (_, i) => text.slice(i * length, (i + 1) * length));
}

function isPossible({ image, bbox: [x, y, width, height] }: SceneBox): boolean {
  return (
    image < sceneImages.length &&
    Math.min(width, height) >= smallestSide &&
    x + width <= imageSize.width &&
    y + height <= imageSize.height
  );
}
