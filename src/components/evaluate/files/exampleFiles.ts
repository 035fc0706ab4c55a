import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { CocoAnnotation, CocoBox, CocoDataset, CocoDetection } from "../../../coco/types.js";

const classes = ["cup", "fork", "spoon", "plate"] as const;
const [imageWidth, imageHeight] = [640, 480] as const;

/** How an invented detector errs. */
interface Habits {
  /** Of a box's size, by which its sides are off at most. */
  readonly looseness: number;
  readonly missed: number;
  /** Parts of the objects found that get another class, or a second box. */
  readonly confused: number;
  readonly doubled: number;
  /** At most so many boxes per image on nothing. */
  readonly imagined: number;
}

const careful: Habits = { looseness: 0.07, missed: 0.1, confused: 0.04, doubled: 0.05, imagined: 1 };
const hasty: Habits = { looseness: 0.18, missed: 0.16, confused: 0.12, doubled: 0.12, imagined: 3 };

interface ExampleOptions {
  readonly images?: number;
  readonly seed?: number;
}

interface EvaluationExample {
  readonly annotations: CocoDataset;
  readonly careful: readonly CocoDetection[];
  readonly hasty: readonly CocoDetection[];
}

/**
 * Objects scattered over images that do not exist, and the detections of two detectors that do not exist: one careful,
 * one hasty. The same seed gives the same ones.
 */
export function evaluationExample({ images = 60, seed = 1 }: ExampleOptions = {}): EvaluationExample {
  const generator = xoroshiro128plus(seed);
  const random = () => uniformFloat64(generator);
  const between = (low: number, high: number) => low + random() * (high - low);
  const whole = (high: number) => Math.floor(random() * high);

  const annotations: CocoAnnotation[] = [];
  for (let image = 1; image <= images; image++) {
    for (let rest = 1 + whole(6); rest > 0; rest--) {
      const bbox = scattered();
      annotations.push({
        id: annotations.length + 1,
        image_id: image,
        category_id: 1 + whole(classes.length),
        bbox,
        area: tenth(bbox[2] * bbox[3] * 0.8),
        iscrowd: random() < 0.02 ? 1 : 0,
      });
    }
  }
  return {
    annotations: {
      images: Array.from({ length: images }, (_, index) => ({
        id: index + 1,
        file_name: `table-${String(index + 1).padStart(3, "0")}.jpg`,
        width: imageWidth,
        height: imageHeight,
      })),
      annotations,
      categories: classes.map((name, index) => ({ id: index + 1, name })),
    },
    careful: detect(careful),
    hasty: detect(hasty),
  };

  function scattered(): CocoBox {
    // Sides spread evenly over four octaves, so that there are small, medium and large ones.
    const width = 16 * 2 ** between(0, 4);
    const height = Math.min(width * between(0.6, 1.6), imageHeight - 1);
    return [
      tenth(random() * (imageWidth - width)),
      tenth(random() * (imageHeight - height)),
      tenth(width),
      tenth(height),
    ];
  }

  function detect({ looseness, missed, confused, doubled, imagined }: Habits): CocoDetection[] {
    const found: CocoDetection[] = [];
    const add = (image: number, category: number, bbox: CocoBox, score: number) =>
      found.push({
        image_id: image,
        category_id: category,
        bbox,
        score: Math.round(Math.min(Math.max(score, 0.05), 0.99) * 1000) / 1000,
      });
    for (const { image_id, category_id, bbox } of annotations) {
      if (random() < missed) continue;
      const other = 1 + ((category_id + whole(classes.length - 1)) % classes.length);
      const category = random() < confused ? other : category_id;
      add(image_id, category, loosened(bbox, looseness), between(0.4, 1));
      if (random() < doubled) add(image_id, category, loosened(bbox, 2 * looseness), between(0.1, 0.7));
    }
    for (let image = 1; image <= images; image++) {
      for (let rest = whole(imagined + 1); rest > 0; rest--) {
        add(image, 1 + whole(classes.length), scattered(), between(0.05, 0.6));
      }
    }
    return found;
  }

  function loosened([x, y, width, height]: CocoBox, looseness: number): CocoBox {
    const off = (side: number) => between(-looseness, looseness) * side;
    return [
      tenth(Math.max(x + off(width), 0)),
      tenth(Math.max(y + off(height), 0)),
      tenth(width + off(width)),
      tenth(height + off(height)),
    ];
  }
}

/** The example as files, as a reader would open them. */
export function exampleFiles(): { readonly name: string; readonly file: Blob }[] {
  const example = evaluationExample();
  const asFile = (name: string, value: unknown) => ({
    name,
    file: new Blob([JSON.stringify(value)], { type: "application/json" }),
  });
  return [
    asFile("example-annotations.json", example.annotations),
    asFile("example-careful.json", example.careful),
    asFile("example-hasty.json", example.hasty),
  ];
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
