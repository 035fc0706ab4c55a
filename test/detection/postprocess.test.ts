import { expect, test } from "vitest";
import { detectionsOf, retinaNetPostprocessing } from "../../src/detection/postprocess.js";

const anchors = Float32Array.of(...[0, 0, 10, 10], ...[0, 1, 10, 11], ...[20, 20, 40, 40]);
const still = new Float32Array(12);
const low = -20;

test("detectionsOf suppresses within a class and sorts over all", () => {
  // Anchors 0 and 1 share 90 of 110 (0.82). Channel 0 sees both, channel 1 sees the second only.
  const logits = Float32Array.of(...[1, low], ...[2, 0], ...[-1, low]);
  const detections = detectionsOf(logits, still, anchors, [40, 40]);
  expect(detections.map(({ box, channel }) => ({ box, channel }))).toEqual([
    { box: [0, 1, 10, 11], channel: 0 },
    { box: [0, 1, 10, 11], channel: 1 },
    { box: [20, 20, 40, 40], channel: 0 },
  ]);
  // 1 / (1 + e^−2), 1 / (1 + 1), 1 / (1 + e)
  expect(detections.map(({ score }) => Number(score.toFixed(6)))).toEqual([0.880797, 0.5, 0.268941]);
});

test("a score at the threshold is not above it", () => {
  // The logit 0 is a score of exactly 1/2.
  const logits = Float32Array.of(0, low, 1e-6);
  const settings = { ...retinaNetPostprocessing, scoreThreshold: 0.5 };
  expect(detectionsOf(logits, still, anchors, [40, 40], settings)).toHaveLength(1);
});

test("boxes are decoded and clipped to the image, and those outside of it are dropped", () => {
  // The first moves down by 0.5 · 10; the last lies below the image, which is 20 high and 8 wide.
  const codes = Float32Array.of(...[0.5, 0, 0, 0], ...[0, 0, 0, 0], ...[0, 0, 0, 0]);
  const detections = detectionsOf(Float32Array.of(3, low, 3), codes, anchors, [20, 8]);
  expect(detections.map(({ box }) => box)).toEqual([[5, 0, 15, 8]]);
});

test("no more than maxDetections over all classes, preNmsTopPerClass in each", () => {
  const logits = Float32Array.of(...[1, 5], ...[2, 4], ...[3, 3]);
  const best = (settings: object) =>
    detectionsOf(logits, still, anchors, [40, 40], {
      ...retinaNetPostprocessing,
      iouThreshold: 1,
      ...settings,
    }).map(({ channel, box }) => [channel, box[1]]);
  // Logits 5, 4, then 3 twice: the lower channel first.
  expect(best({ maxDetections: 3 })).toEqual([
    [1, 0],
    [1, 1],
    [0, 20],
  ]);
  expect(best({ preNmsTopPerClass: 1 })).toEqual([
    [1, 0],
    [0, 20],
  ]);
});

test("channels before the first are not read", () => {
  const logits = Float32Array.of(...[9, low], ...[9, low], ...[9, 1]);
  const settings = { ...retinaNetPostprocessing, firstChannel: 1 };
  expect(detectionsOf(logits, still, anchors, [40, 40], settings).map(({ channel }) => channel)).toEqual([1]);
});
