import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { CocoRle } from "../../src/coco/types.js";
import { randomStream } from "../../src/network/random.js";
import { compressRuns } from "../coco/masks/compressRuns.js";

/** How large a pair of files is to be. */
export interface CocoWorkload {
  readonly images: number;
  readonly categories: number;
  /** Annotated objects in all images together. */
  readonly objects: number;
  /** Detections in all images together. */
  readonly detections: number;
  /** Whether objects have outlines (crowds run lengths) and detections run lengths and no box. */
  readonly masks: boolean;
  readonly seed: number;
}

const imageWidth = 640;
const imageHeight = 480;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Placed extends Box {
  readonly category: number;
}

/**
 * Writes annotations and detections with the shape of COCO's: few categories an image, sizes spread over octaves,
 * one object in a hundred a crowd, and detections of which a part lies near an object and scores high. Files depend
 * on the workload alone.
 */
export async function writeCocoWorkload(
  workload: CocoWorkload,
  annotationsFile: string,
  detectionsFile: string,
): Promise<void> {
  const { images, categories, seed, masks } = workload;
  const annotations = jsonWriter(annotationsFile);
  const detections = jsonWriter(detectionsFile);
  const imageRows = Array.from({ length: images }, (_, index) => ({
    id: index + 1,
    file_name: `${index + 1}.jpg`,
    width: imageWidth,
    height: imageHeight,
  }));
  const categoryRows = Array.from({ length: categories }, (_, index) => ({
    id: index + 1,
    name: `category ${index + 1}`,
  }));
  await annotations.write(
    `{"images":${JSON.stringify(imageRows)},"categories":${JSON.stringify(categoryRows)},"annotations":[\n`,
  );
  await detections.write("[\n");

  let objectId = 0;
  let written = 0;
  for (let image = 0; image < images; image++) {
    const random = randomStream(seed, "image", image);
    // Categories seen in an image: two to five, the low ones more often, as COCO's persons are.
    const seen = Array.from({ length: 2 + Math.floor(random() * 4) }, () =>
      Math.floor(categories * random() ** 2),
    );
    const objects = Array.from({ length: share(workload.objects, images, image) }, () => ({
      ...randomBox(random),
      category: seen[Math.floor(random() * seen.length)]!,
    }));
    for (const object of objects) {
      objectId++;
      await annotations.write(
        (objectId === 1 ? "" : ",\n") + annotationRow(object, objectId, image, masks, random),
      );
    }
    for (let rest = share(workload.detections, images, image); rest > 0; rest--) {
      const target =
        objects.length > 0 && random() < 0.25 ? objects[Math.floor(random() * objects.length)] : undefined;
      const found =
        target === undefined ? astray(random, seen, categories) : near(random, target, categories);
      const score = target === undefined ? random() ** 4 : 0.3 + 0.7 * random();
      await detections.write((written === 0 ? "" : ",\n") + detectionRow(found, score, image, masks, random));
      written++;
    }
  }
  await annotations.end("\n]}\n");
  await detections.end("\n]\n");
}

/** Whole numbers that add up to `total` over all `parts`. */
function share(total: number, parts: number, part: number): number {
  return Math.floor((total * (part + 1)) / parts) - Math.floor((total * part) / parts);
}

function randomBox(random: () => number): Box {
  const width = 2 ** (3 + 5.5 * random());
  const height = Math.min(imageHeight - 2, width * 2 ** (random() * 2 - 1));
  return { x: random() * (imageWidth - width), y: random() * (imageHeight - height), width, height };
}

function near(random: () => number, { x, y, width, height, category }: Placed, categories: number): Placed {
  const jitter = () => (random() + random() - 1) * 0.3;
  const box = {
    x: x + jitter() * width,
    y: y + jitter() * height,
    width: width * 2 ** jitter(),
    height: height * 2 ** jitter(),
  };
  return { ...box, category: random() < 0.9 ? category : Math.floor(random() * categories) };
}

function astray(random: () => number, seen: readonly number[], categories: number): Placed {
  const category =
    random() < 0.5 ? seen[Math.floor(random() * seen.length)]! : Math.floor(random() * categories);
  return { ...randomBox(random), category };
}

function annotationRow(
  object: Placed,
  id: number,
  image: number,
  masks: boolean,
  random: () => number,
): string {
  const crowd = random() < 0.01 ? 1 : 0;
  const fields = {
    id,
    image_id: image + 1,
    category_id: object.category + 1,
    bbox: coordinates(object),
    area: hundredths(object.width * object.height * (masks ? 0.7 : 1)),
    iscrowd: crowd,
  };
  if (!masks) return JSON.stringify(fields);
  const segmentation = crowd === 1 ? runLengths(object, random) : [outline(object, random)];
  return JSON.stringify({ ...fields, segmentation });
}

function detectionRow(
  found: Placed,
  score: number,
  image: number,
  masks: boolean,
  random: () => number,
): string {
  const head = `{"image_id":${image + 1},"category_id":${found.category + 1},`;
  const tail = `"score":${score.toFixed(6)}}`;
  if (masks) return `${head}"segmentation":${JSON.stringify(runLengths(found, random))},${tail}`;
  return `${head}"bbox":[${coordinates(found).join(",")}],${tail}`;
}

function coordinates({ x, y, width, height }: Box): number[] {
  return [x, y, width, height].map(hundredths);
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A closed wavy outline inside the box, of 20 to 60 points. */
function outline({ x, y, width, height }: Box, random: () => number): number[] {
  const points = 20 + Math.floor(random() * 40);
  const phase = random() * 7;
  return Array.from({ length: points }, (_, point) => {
    const angle = (2 * Math.PI * point) / points;
    const radius = 0.42 + 0.08 * Math.sin(3 * angle + phase);
    return [
      hundredths(x + width * (0.5 + radius * Math.cos(angle))),
      hundredths(y + height * (0.5 + radius * Math.sin(angle))),
    ];
  }).flat();
}

/** An oval as compressed run lengths: one run a column. */
function runLengths(box: Box, random: () => number): CocoRle {
  const phase = random() * 7;
  const counts: number[] = [];
  let end = 0;
  const first = Math.max(0, Math.ceil(box.x));
  const last = Math.min(imageWidth - 1, Math.floor(box.x + box.width));
  for (let column = first; column <= last; column++) {
    const across = ((column + 0.5 - box.x) / box.width) * 2 - 1;
    const half =
      (box.height / 2) *
      Math.sqrt(Math.max(0, 1 - across * across)) *
      (0.9 + 0.1 * Math.sin(5 * across + phase));
    const middle = box.y + box.height / 2;
    const top = Math.min(imageHeight, Math.max(0, Math.round(middle - half)));
    const bottom = Math.min(imageHeight, Math.max(top, Math.round(middle + half)));
    if (bottom > top) {
      counts.push(column * imageHeight + top - end, bottom - top);
      end = column * imageHeight + bottom;
    }
  }
  counts.push(imageWidth * imageHeight - end);
  return { size: [imageHeight, imageWidth], counts: compressRuns(counts) };
}

/** Gathers text, so that half a million rows are not half a million writes. */
function jsonWriter(file: string): { write(text: string): Promise<void>; end(text: string): Promise<void> } {
  const stream = createWriteStream(file);
  let pending: string[] = [];
  const flush = async (): Promise<void> => {
    const full = !stream.write(pending.join(""));
    pending = [];
    if (full) await once(stream, "drain");
  };
  return {
    async write(text) {
      pending.push(text);
      if (pending.length >= 4096) await flush();
    },
    async end(text) {
      pending.push(text);
      await flush();
      stream.end();
      await once(stream, "finish");
    },
  };
}
