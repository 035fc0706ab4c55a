import * as v from "valibot";
import { cocoParameters } from "../../../coco/parameters.js";
import { choice, type Parameter, wholeNumber } from "../../page/state/parameter.js";
import { type QueryCodec, queryCodec, withoutParameters, withParameters } from "../../page/state/query.js";
import { smallestSide } from "./boxEdits.js";
import {
  type Example,
  type ExampleBox,
  exampleCategories,
  exampleImages,
  imageSize,
  mostDetections,
  mostObjects,
  objectMarks,
} from "./example.js";
import { apPresets } from "./presets.js";
import { type ApView, areaNames, limits, thresholdText, usualView } from "./settings.js";
import type { ApState } from "./store.js";

/** Of the way in which boxes are written; another way gets another number. */
const version = "1";

/*
 * An object is nine digits of base 36: one that says image, category and mark, and two each for x, y, width and
 * height. A detection has two more, the score in hundredths.
 */
const base = 36;
const objectLength = 9;
const detectionLength = 11;

const presetChoice = choice(
  "scene",
  apPresets,
  ({ id }) => id,
  `; it should be one of ${apPresets.map(({ id }) => id).join(", ")}; the first is shown.`,
);

/** Without boxes, the example is a preset's; the defaults of the view are the preset's, too. */
export const apAddress: QueryCodec<ApState> = {
  read(query) {
    const named = queryCodec({ preset: apPresets[0]! }, { preset: presetChoice }).read(query);
    const { title, example, view } = named.state.preset;
    const boxes = queryCodec({ example }, { example: boxesParameter(title) }).read(query);
    const looked = viewAddress(view).read(query);
    return {
      state: { ...boxes.state, view: looked.state },
      problems: [...named.problems, ...boxes.problems, ...looked.problems],
    };
  },
  write(query, { example, view }) {
    const boxes = boxesText(example);
    const preset = apPresets.find((entry) => boxesText(entry.example) === boxes);
    const own = ["scene", "boxes", "class", "iou", "size", "limit", "step"];
    const named = withParameters(withoutParameters(query, own), {
      scene: preset === undefined || preset === apPresets[0] ? null : preset.id,
      boxes: preset === undefined ? boxes : null,
    });
    return viewAddress(preset?.view ?? usualView).write(named, view);
  },
};

function viewAddress(usual: ApView): QueryCodec<ApView> {
  const one = <const Value>(
    name: string,
    values: readonly Value[],
    textOf: (value: Value) => string,
    rule: string,
  ) => choice(name, values, textOf, `; it should be ${rule}.`);
  return queryCodec<ApView>(usual, {
    category: one(
      "class",
      [...exampleCategories.keys()],
      (index) => exampleCategories[index]!,
      exampleCategories.join(" or "),
    ),
    threshold: one(
      "iou",
      [...cocoParameters.iouThresholds.keys()],
      thresholdText,
      "one of COCO's thresholds, 0.50, 0.55, … 0.95",
    ),
    area: one("size", areaNames, String, areaNames.join(", ")),
    maxDets: one("limit", limits, String, `one of ${limits.join(", ")}`),
    step: wholeNumber(
      "step",
      { from: 0, to: 999 },
      "; it should be how many detections are taken, a whole number.",
    ),
  });
}

function boxesParameter(title: string): Parameter<Example> {
  const rule = "as this page writes it, and was perhaps cut on its way";
  return {
    name: "boxes",
    rule,
    read(text) {
      const result = v.safeParse(boxesSchema, text);
      return result.success ? result.output : undefined;
    },
    write: boxesText,
    message: `; it should be ${rule}; “${title}” is shown.`,
  };
}

function boxesText({ objects, detections }: Example): string {
  const digits = (value: number) => value.toString(base).padStart(2, "0");
  const place = (box: ExampleBox, mark: number) =>
    ((box.image * exampleCategories.length + box.category) * objectMarks.length + mark).toString(base) +
    box.bbox.map(digits).join("");
  const objectTexts = objects.map((object) => place(object, objectMarks.indexOf(object.mark)));
  const detectionTexts = detections.map(
    (detection) => place(detection, 0) + digits(Math.round(detection.score * 100)),
  );
  return `${version}-${objectTexts.join("")}-${detectionTexts.join("")}`;
}

const boxesSchema: v.GenericSchema<string, Example> = v.pipe(
  v.string(),
  v.regex(new RegExp(`^${version}-([0-9a-z]{${objectLength}})*-([0-9a-z]{${detectionLength}})*$`)),
  v.transform((text): Example => {
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
      exampleCategories.every(
        (_, index) => objects.filter(({ category }) => category === index).length <= mostObjects,
      ),
  ),
);

function placeOf(chunk: string): ExampleBox & { readonly mark: number } {
  const place = Number.parseInt(chunk[0]!, base);
  const marks = objectMarks.length;
  const categories = exampleCategories.length;
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

function isPossible({ image, bbox: [x, y, width, height] }: ExampleBox): boolean {
  return (
    image < exampleImages.length &&
    Math.min(width, height) >= smallestSide &&
    x + width <= imageSize.width &&
    y + height <= imageSize.height
  );
}
