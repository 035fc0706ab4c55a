/**
 * How often 95% intervals of AP and AP50 hold what many more images of the same kind give: the table in
 * src/coco/bootstrap/confidenceIntervals.ts, by `npx tsx test/benchmark/bootstrapCoverage.ts`. Data sets are made up from seeds. Beside the
 * intervals it counts percentiles of the same rounds, which are the basic intervals mirrored at the value.
 */
import { bootstrap, type Interval } from "../../src/coco/bootstrap/confidenceIntervals.js";
import { evaluateTables } from "../../src/coco/evaluate.js";
import { detectionTable } from "../../src/coco/reading/detectionTable.js";
import { groundTruthTable } from "../../src/coco/reading/groundTruthTable.js";
import type { DetectionTable, GroundTruthTable } from "../../src/coco/tables.js";
import type { CocoAnnotation, CocoBox, CocoDetection } from "../../src/coco/types.js";
import { randomStream } from "../../src/network/random.js";

const sets = 200;
const roundCount = 200;
const manyImages = 20_000;
const sizes: readonly (readonly [images: number, categories: number])[] = [
  [50, 3],
  [150, 3],
  [150, 20],
  [500, 20],
];

for (const [images, categories] of sizes) {
  const { stats } = evaluateTables(...madeUp(-1, manyImages, categories), "bbox");
  const held = { ap: { basic: 0, percentiles: 0 }, ap50: { basic: 0, percentiles: 0 } };
  for (let seed = 0; seed < sets; seed++) {
    const intervals = bootstrap(...madeUp(seed, images, categories), "bbox", { rounds: roundCount, seed });
    for (const [measure, truth] of [
      ["ap", stats[0]!],
      ["ap50", stats[1]!],
    ] as const) {
      const interval = intervals[measure]!;
      if (holds(interval, truth)) held[measure].basic++;
      if (holds(interval, 2 * interval.value - truth)) held[measure].percentiles++;
    }
  }
  const part = (count: number) => `${((100 * count) / sets).toFixed(1)}%`;
  process.stdout.write(
    `${images} images, ${categories} categories: ` +
      `AP ${part(held.ap.basic)} basic, ${part(held.ap.percentiles)} percentiles; ` +
      `AP50 ${part(held.ap50.basic)} basic, ${part(held.ap50.percentiles)} percentiles\n`,
  );
}

function holds({ low, high }: Interval, truth: number): boolean {
  return truth >= low && truth <= high;
}

/** Images some of which are hard: there fewer objects are found, boxes are worse and false alarms more. */
function madeUp(seed: number, images: number, categories: number): [GroundTruthTable, DetectionTable] {
  const annotations: CocoAnnotation[] = [];
  const detections: CocoDetection[] = [];
  for (let image = 1; image <= images; image++) {
    const random = randomStream(seed, image);
    const anyCategory = () => 1 + Math.floor(categories * random() ** 2);
    const hardness = random();
    for (let objects = Math.floor(random() * 6); objects > 0; objects--) {
      const category_id = anyCategory();
      const [width, height] = [20 + 150 * random(), 20 + 150 * random()];
      const [x, y] = [random() * (640 - width), random() * (480 - height)];
      annotations.push({
        id: annotations.length + 1,
        image_id: image,
        category_id,
        bbox: [x, y, width, height],
        area: width * height,
        iscrowd: 0,
      });
      if (random() < 0.9 - 0.5 * hardness) {
        const bbox: CocoBox = [
          x + (random() - 0.5) * 0.3 * width * hardness,
          y + (random() - 0.5) * 0.3 * height,
          width * (0.85 + 0.3 * random()),
          height * (0.85 + 0.3 * random()),
        ];
        detections.push({ image_id: image, category_id, bbox, score: 0.3 + 0.7 * random() });
      }
    }
    for (let alarms = Math.floor(random() * 6 * hardness); alarms > 0; alarms--) {
      const category_id = anyCategory();
      const bbox: CocoBox = [random() * 500, random() * 400, 20 + 100 * random(), 20 + 60 * random()];
      detections.push({ image_id: image, category_id, bbox, score: 0.8 * random() });
    }
  }
  const dataset = {
    images: Array.from({ length: images }, (_, index) => {
      return { id: index + 1, file_name: `${index + 1}.jpg`, width: 640, height: 480 };
    }),
    categories: Array.from({ length: categories }, (_, index) => ({ id: index + 1, name: `${index + 1}` })),
    annotations,
  };
  const groundTruth = groundTruthTable(dataset, "annotations", "bbox");
  return [groundTruth, detectionTable(detections, groundTruth, "detections", "bbox")];
}
