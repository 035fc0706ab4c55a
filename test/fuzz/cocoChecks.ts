import fc from "fast-check";
import { maskOf } from "../../src/coco/masks/segmentation.js";
import { groundTruthTable } from "../../src/coco/reading/groundTruthTable.js";
import { parseDataset } from "../../src/coco/reading/parse.js";
import { readDetections } from "../../src/coco/reading/readDetections.js";
import { readGroundTruth } from "../../src/coco/reading/readGroundTruth.js";
import { validateDataset } from "../../src/coco/reading/validate.js";
import type { CocoDataset, CocoSegmentation, IouType } from "../../src/coco/types.js";
import { compressRuns } from "../coco/masks/compressRuns.js";
import { chunksOf } from "../coco/reading/chunks.js";
import { mutated, mutatedText } from "./mutations.js";
import type { ParserCheck } from "./parserCheck.js";

const annotation = {
  image_id: 1,
  category_id: 1,
  bbox: [1, 1, 4, 4] as const,
  area: 16,
  iscrowd: 0 as const,
};
const dataset = {
  images: [
    { id: 1, file_name: "a.jpg", width: 8, height: 6 },
    { id: 2, file_name: "b.jpg", width: 640, height: 480 },
  ],
  categories: [{ id: 1, name: "thing" }],
  annotations: [
    { ...annotation, id: 1, segmentation: [[1, 1, 5, 1, 5, 5, 1, 5]] },
    {
      ...annotation,
      id: 2,
      iscrowd: 1 as const,
      segmentation: { size: [6, 8] as const, counts: [10, 20, 18] },
    },
    { ...annotation, id: 3, segmentation: { size: [6, 8] as const, counts: compressRuns([10, 20, 18]) } },
  ],
} satisfies CocoDataset;
const results = [
  { image_id: 1, category_id: 1, bbox: [1, 1, 4, 4], score: 0.5 },
  { image_id: 2, category_id: 1, score: 0.25, segmentation: [[1, 1, 5, 1, 5, 5]] },
  {
    image_id: 1,
    category_id: 9,
    bbox: [],
    score: 1,
    segmentation: { size: [6, 8], counts: [48] },
    file_name: "a.jpg",
  },
];

/** Ground truth and results, streamed and whole, boxes and masks, as JSON of another structure and as other text. */
export function cocoChecks(): ParserCheck[] {
  const texts = (example: unknown) =>
    fc.oneof(
      mutated([example]).map((value) => JSON.stringify(value) ?? ""),
      mutatedText([JSON.stringify(example), JSON.stringify(example, null, 1)]),
    );
  const iouTypes: readonly IouType[] = ["bbox", "segm"];
  const table = (iouType: IouType) => groundTruthTable(dataset, "truth.json", iouType);
  return [
    {
      name: "COCO data sets",
      inputs: mutated([dataset]),
      parse: (input) => validateDataset(parseDataset(input, "file.json"), "file.json"),
      source: "file.json: ",
    },
    ...iouTypes.flatMap((iouType): ParserCheck<string>[] => [
      {
        name: `COCO ground truth, ${iouType}`,
        inputs: texts(dataset),
        parse: (input) => readGroundTruth(chunksOf(input, [17, 100]), "file.json", iouType),
        source: "file.json: ",
      },
      {
        name: `COCO results, ${iouType}`,
        inputs: texts(results),
        parse: (input) => readDetections(chunksOf(input, [17, 100]), table(iouType), "file.json", iouType),
        source: "file.json: ",
      },
    ]),
    {
      name: "run lengths and outlines",
      inputs: fc.tuple(
        segmentations,
        fc.constantFrom([6, 8], [480, 640], [46_340, 46_340], [1, 2 ** 31 - 1]),
      ),
      parse: (input) => {
        const [segmentation, [height, width]] = input as [CocoSegmentation, [number, number]];
        return maskOf(segmentation, { height, width });
      },
      source: "segmentation",
    },
  ] as ParserCheck[];
}

const coordinate = fc.oneof(
  fc.double({ min: -10, max: 700, noNaN: true }),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  fc.double(),
);
const size = fc.constantFrom([6, 8] as const, [480, 640] as const, [46_340, 46_340] as const);
const segmentations = fc.oneof(
  fc.array(fc.array(coordinate, { maxLength: 40 }), { maxLength: 4 }),
  fc.record({ size, counts: fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[0-o]{0,40}$/)) }),
  fc.record({ size, counts: fc.array(fc.oneof(fc.nat(400_000), fc.double()), { maxLength: 12 }) }),
);
