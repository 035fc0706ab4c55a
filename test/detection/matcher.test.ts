import { expect, test } from "vitest";
import { targetsOf } from "../../src/detection/imageTargets.js";
import { matchAnchors, retinaNetMatching } from "../../src/detection/matcher.js";

const boxes = (...rows: number[][]) => Float32Array.from(rows.flat());

test("an anchor is positive from the IoU of 0.5 on, for the box it overlaps most", () => {
  const anchors = boxes([0, 0, 10, 10], [0, 0, 10, 20], [0, 0, 10, 21], [50, 50, 60, 60]);
  // IoU with box 0: 1, 100 / 200 = 0.5, 100 / 210 = 0.476, 0. With box 1 (10 × 18): 100 / 180 = 0.556,
  // 180 / 200 = 0.9, 180 / 210 = 0.857, 0.
  expect([...matchAnchors(anchors, boxes([0, 0, 10, 10]))]).toEqual([0, 0, -1, -1]);
  expect([...matchAnchors(anchors, boxes([0, 0, 10, 10], [0, 0, 10, 18]))]).toEqual([0, 1, 1, -1]);
});

test("a box's best anchor is positive for it, however little they overlap, unless settings ask for more", () => {
  const anchors = boxes([0, 0, 10, 10], [0, 0, 10, 20], [50, 50, 60, 60]);
  // IoU of a box of 2 × 2: 4 / 100 = 0.04 with anchor 0, 4 / 200 = 0.02 with anchor 1.
  const small = boxes([4, 4, 6, 6]);
  expect([...matchAnchors(anchors, small)]).toEqual([0, -1, -1]);
  expect([
    ...matchAnchors(anchors, small, { ...retinaNetMatching, forceMatch: { minimumIoU: 0.1 } }),
  ]).toEqual([-1, -1, -1]);
});

test("a best anchor that boxes share goes to the first of them", () => {
  expect([...matchAnchors(boxes([0, 0, 10, 10]), boxes([0, 0, 2, 2], [0, 0, 3, 3]))]).toEqual([0]);
});

test("a box's best anchor is taken from a box that the anchor overlaps more", () => {
  const anchors = boxes([0, 0, 10, 10], [0, 0, 10, 11]);
  // Box 0: IoU 1 and 0.909. Box 1 (10 × 13): 100 / 130 = 0.77 and 110 / 130 = 0.85, so anchor 1 is its best,
  // though anchor 1 overlaps box 0 more.
  expect([...matchAnchors(anchors, boxes([0, 0, 10, 10], [0, 0, 10, 13]))]).toEqual([0, 1]);
});

test("a box that overlaps no anchor, or has no area, matches nothing", () => {
  const anchors = boxes([0, 0, 10, 10]);
  expect([...matchAnchors(anchors, boxes([20, 20, 30, 30], [5, 5, 5, 9]))]).toEqual([-1]);
});

test("an anchor more than half inside a crowd is ignored unless it has a box", () => {
  const anchors = boxes([0, 0, 10, 10], [0, 5, 10, 15], [0, 4, 10, 14], [0, 0, 10, 9]);
  // The crowd covers x from 0 to 10: all of anchor 0, exactly half of 1, six tenths of 2, all of 3.
  const matches = matchAnchors(
    anchors,
    boxes([0, 0, 10, 9]),
    { ...retinaNetMatching, positiveIoU: 0.95 },
    boxes([0, 0, 10, 10]),
  );
  expect([...matches]).toEqual([-2, -1, -2, 0]);
});

test("targetsOf gives the class of each anchor and the boxes of the positive ones", () => {
  const anchors = boxes([0, 0, 10, 10], [20, 20, 30, 30], [40, 40, 50, 50], [60, 60, 70, 70]);
  const objects = boxes([40, 40, 50, 51], [0, 0, 10, 9]);
  const targets = targetsOf(anchors, objects, [7, 3], boxes([55, 55, 80, 80]));
  expect([...targets.classTargets]).toEqual([3, -1, 7, -2]);
  expect([...targets.positives]).toEqual([0, 2]);
  expect([...targets.boxTargets]).toEqual([0, 0, 10, 9, 40, 40, 50, 51]);
});
