import type { CocoBox } from "../../../coco/types.js";
import type { Example, ExampleDetection, ExampleObject, ObjectMark } from "./example.js";
import { type ApView, usualView } from "./settings.js";

export interface ApPreset {
  readonly id: string;
  readonly title: string;
  /** What the example is there for. */
  readonly remark: string;
  readonly example: Example;
  readonly view: ApView;
}

const village = 0;
const ship = 1;
const boats = 2;
const boat = 0;
const house = 1;

const object = (
  image: number,
  category: number,
  bbox: CocoBox,
  mark: ObjectMark = "counted",
): ExampleObject => ({ image, category, bbox, mark });

const detection = (image: number, category: number, bbox: CocoBox, score: number): ExampleDetection => ({
  image,
  category,
  bbox,
  score,
});

/** Boats: hulls only, masts and rigging left out. */
const boatObjects: readonly ExampleObject[] = [
  object(village, boat, [273, 203, 116, 36]),
  object(village, boat, [366, 163, 34, 58]),
  object(ship, boat, [22, 104, 311, 145]),
  object(ship, boat, [0, 222, 39, 16]),
  object(boats, boat, [65, 124, 335, 176]),
  object(boats, boat, [0, 128, 131, 70]),
  object(boats, boat, [0, 0, 82, 60]),
];

const houseObjects: readonly ExampleObject[] = [
  object(village, house, [182, 97, 188, 72]),
  object(village, house, [8, 86, 150, 76]),
  object(village, house, [161, 34, 102, 53]),
  object(village, house, [54, 26, 82, 59]),
  object(village, house, [263, 39, 79, 40]),
  object(village, house, [341, 24, 59, 46]),
  object(ship, house, [44, 8, 130, 86]),
  object(ship, house, [188, 13, 75, 50]),
  object(ship, house, [0, 23, 63, 47]),
  object(ship, house, [316, 9, 66, 46]),
  object(ship, house, [374, 108, 26, 82]),
];

const farHouses: readonly ExampleObject[] = [
  object(village, house, [151, 17, 47, 20]),
  object(village, house, [248, 12, 36, 26]),
  object(ship, house, [378, 20, 22, 36]),
];

const usual: Example = {
  objects: [...boatObjects, ...houseObjects],
  detections: [
    detection(ship, boat, [18, 96, 322, 156], 0.96),
    detection(boats, boat, [78, 118, 318, 182], 0.91),
    detection(village, boat, [262, 200, 120, 44], 0.83),
    detection(ship, boat, [370, 104, 30, 90], 0.71),
    detection(boats, boat, [4, 112, 136, 76], 0.64),
    detection(ship, boat, [200, 120, 140, 112], 0.47),
    detection(village, boat, [0, 190, 94, 66], 0.38),
    detection(village, boat, [362, 156, 38, 70], 0.31),
    detection(village, house, [176, 92, 200, 80], 0.94),
    detection(ship, house, [40, 4, 138, 92], 0.92),
    detection(village, house, [4, 80, 148, 84], 0.84),
    detection(village, house, [158, 30, 112, 60], 0.72),
    detection(ship, house, [186, 8, 80, 60], 0.66),
    detection(boats, house, [240, 0, 150, 60], 0.52),
    detection(village, house, [60, 34, 84, 50], 0.41),
    detection(ship, house, [310, 4, 80, 60], 0.36),
  ],
};

const only = (example: Example, category: number): Example => ({
  objects: example.objects.filter((entry) => entry.category === category),
  detections: example.detections.filter((entry) => entry.category === category),
});

const boatsOnly = only(usual, boat);

/** Every boat found, and little else. */
const found: Example = {
  objects: boatObjects,
  detections: [
    detection(ship, boat, [22, 102, 310, 147], 0.95),
    detection(boats, boat, [66, 122, 334, 178], 0.9),
    detection(village, boat, [272, 202, 118, 38], 0.82),
    detection(boats, boat, [0, 126, 132, 72], 0.74),
    detection(village, boat, [364, 162, 36, 60], 0.63),
    detection(boats, boat, [0, 0, 84, 62], 0.57),
    detection(ship, boat, [0, 221, 40, 18], 0.52),
  ],
};

/** The examples a reader may begin with. Each is there for one point; the page's text makes it. */
export const apPresets: readonly ApPreset[] = [
  {
    id: "usual",
    title: "A detector’s day",
    remark:
      "Most boats are found; the wrong boxes are each wrong in their own way. Drag one and see what it changes, or draw a new one on a picture.",
    example: usual,
    view: usualView,
  },
  {
    id: "duplicate",
    title: "A duplicate",
    remark:
      "Two boxes lie on the same ship. The better one has it; the other, though it lies well, counts as wrong.",
    example: {
      ...found,
      detections: [...found.detections, detection(ship, boat, [30, 92, 300, 160], 0.93)],
    },
    view: usualView,
  },
  {
    id: "confident-mistake",
    title: "A confident mistake",
    remark:
      "One wrong box, with the best score of all. Precision starts at nothing, and the envelope stays below one to the end. Lower its score and watch.",
    example: {
      ...found,
      detections: [...found.detections, detection(ship, boat, [370, 104, 30, 90], 0.99)],
    },
    view: usualView,
  },
  {
    id: "late-mistakes",
    title: "Mistakes at the end",
    remark:
      "Four wrong boxes, but each scores less than every right one. They change nothing: by then, everything has been found.",
    example: {
      ...found,
      detections: [
        ...found.detections,
        detection(ship, boat, [370, 104, 30, 90], 0.3),
        detection(village, boat, [0, 190, 94, 66], 0.25),
        detection(village, boat, [180, 110, 190, 60], 0.2),
        detection(boats, boat, [210, 0, 180, 60], 0.15),
      ],
    },
    view: usualView,
  },
  {
    id: "loose",
    title: "Loose boxes",
    remark:
      "Every boat is found, no box is wrong, and none fits well. Move the IoU threshold from 0.50 to 0.75.",
    example: {
      objects: boatObjects,
      detections: [
        detection(ship, boat, [2, 78, 352, 190], 0.95),
        detection(boats, boat, [30, 74, 370, 226], 0.9),
        detection(village, boat, [262, 194, 132, 52], 0.82),
        detection(boats, boat, [0, 112, 148, 96], 0.74),
        detection(village, boat, [356, 152, 44, 74], 0.63),
        detection(boats, boat, [0, 0, 98, 76], 0.57),
        detection(ship, boat, [0, 218, 48, 22], 0.52),
      ],
    },
    view: usualView,
  },
  {
    id: "crowd",
    title: "A crowd",
    remark:
      "The far roofs are one crowd. Boxes in it count neither as right nor as wrong; mark it as one object, and they turn into mistakes.",
    example: {
      objects: [...houseObjects.slice(0, 5), object(village, house, [0, 8, 400, 62], "crowd")],
      detections: [
        detection(village, house, [178, 94, 194, 78], 0.94),
        detection(village, house, [6, 84, 150, 80], 0.88),
        detection(village, house, [2, 26, 50, 36], 0.81),
        detection(village, house, [158, 32, 106, 56], 0.76),
        detection(village, house, [338, 22, 60, 46], 0.7),
        detection(village, house, [150, 14, 50, 26], 0.62),
        detection(village, house, [56, 28, 80, 56], 0.55),
        detection(village, house, [262, 38, 80, 42], 0.44),
      ],
    },
    view: { ...usualView, category: house },
  },
  {
    id: "sizes",
    title: "Small ones missed",
    remark:
      "Large houses are all found, small ones mostly not. Size is set to small; choose another and compare.",
    example: {
      objects: [...houseObjects, ...farHouses],
      detections: [
        detection(village, house, [178, 94, 194, 78], 0.95),
        detection(ship, house, [42, 6, 134, 90], 0.93),
        detection(village, house, [6, 84, 150, 80], 0.9),
        detection(village, house, [158, 32, 106, 56], 0.8),
        detection(village, house, [56, 28, 80, 56], 0.74),
        detection(ship, house, [186, 10, 78, 54], 0.69),
        detection(village, house, [262, 38, 80, 42], 0.6),
        detection(village, house, [330, 18, 30, 24], 0.5),
        detection(village, house, [152, 16, 46, 24], 0.42),
        detection(village, house, [80, 6, 34, 22], 0.35),
      ],
    },
    view: { ...usualView, category: house, area: "small" },
  },
  {
    id: "limit",
    title: "One box an image",
    remark:
      "Only the best box of each image counts. What is found at most this way is what AR at one detection says.",
    example: boatsOnly,
    view: { ...usualView, maxDets: 1 },
  },
];
