import { createHash } from "node:crypto";
import type { CocoAnnotation, CocoBox, CocoDataset, CocoDetection } from "../../src/coco/types.js";

const setSeed = 20190416;
const imageCount = 1000;
const categoryCount = 80;
const imageWidth = 640;
const imageHeight = 480;
/** Images whose number this divides have more than 100 detections of one category. */
const crowded = 97;

/** Whole random numbers from 0 to below a limit. */
type Below = (limit: number) => number;

/** The data set of test/reference/cocoLarge.py, made here from the same random numbers. */
export function largeSet(): { readonly dataset: CocoDataset; readonly detections: readonly CocoDetection[] } {
  const below = xorshift(setSeed);
  const annotations: CocoAnnotation[] = [];
  const detections: CocoDetection[] = [];
  const annotate = (image_id: number, category_id: number, bbox: CocoBox, area: number, iscrowd: 0 | 1) =>
    annotations.push({ id: annotations.length + 1, image_id, category_id, bbox, area, iscrowd });
  for (let image = 1; image <= imageCount; image++) {
    const ties = image % 3 === 0;
    const detect = (category_id: number, bbox: CocoBox) =>
      detections.push({ image_id: image, category_id, bbox, score: scoreOf(below, ties) });
    for (let objects = below(12); objects > 0; objects--) {
      const category = categoryOf(below);
      const box = boxOf(below);
      const area = (box[2] * box[3] * (4 + below(5))) / 8;
      annotate(image, category, box, area, below(20) === 0 ? 1 : 0);
      for (let near = below(4); near > 0; near--) {
        const found = below(8) > 0 ? category : categoryOf(below);
        detect(found, moved(below, box));
      }
    }
    for (let others = below(20); others > 0; others--) {
      const category = categoryOf(below);
      detect(category, boxOf(below));
    }
    if (image % crowded === 0) {
      const category = categoryOf(below);
      const box = boxOf(below);
      annotate(image, category, box, box[2] * box[3], 0);
      for (let near = 150; near > 0; near--) detect(category, moved(below, box));
    }
  }
  return {
    dataset: {
      images: Array.from({ length: imageCount }, (_, index) => {
        return { id: index + 1, file_name: `${index + 1}.jpg`, width: imageWidth, height: imageHeight };
      }),
      categories: Array.from({ length: categoryCount }, (_, index) => ({
        id: index + 1,
        name: `${index + 1}`,
      })),
      annotations,
    },
    detections,
  };
}

/** The sha256 of all its numbers, row after row, annotations first. */
export function digestOf({ dataset, detections }: ReturnType<typeof largeSet>): string {
  const numbers = dataset.annotations.flatMap(({ id, image_id, category_id, bbox, area, iscrowd }) => {
    return [id, image_id, category_id, ...bbox, area, iscrowd];
  });
  for (const { image_id, category_id, bbox, score } of detections) {
    numbers.push(image_id, category_id, ...bbox, score);
  }
  return createHash("sha256").update(Float64Array.from(numbers)).digest("hex");
}

/** Marsaglia's xorshift of 32 bits with the shifts 13, 17, 5. */
function xorshift(seed: number): Below {
  let state = seed;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/** Small numbers more often than large ones, as categories of real data are uneven. */
function categoryOf(below: Below): number {
  return 1 + below(1 + below(categoryCount));
}

function boxOf(below: Below): CocoBox {
  const width = (1 + below(4 << below(8))) / 2 + 2;
  const height = (1 + below(4 << below(8))) / 2 + 2;
  return [below(4 * imageWidth - 4 * width) / 4, below(4 * imageHeight - 4 * height) / 4, width, height];
}

/** The box with each side moved by up to an eighth of it, in quarters of a pixel. */
function moved(below: Below, [x, y, width, height]: CocoBox): CocoBox {
  const across = 1 + Math.floor(Math.floor(width) / 2);
  const down = 1 + Math.floor(Math.floor(height) / 2);
  return [
    x + (below(2 * across + 1) - across) / 4,
    y + (below(2 * down + 1) - down) / 4,
    width + below(across + 1) / 4,
    height + below(down + 1) / 4,
  ];
}

function scoreOf(below: Below, ties: boolean): number {
  return ties ? (1 + below(16)) / 16 : (1 + below(1024)) / 1024;
}
