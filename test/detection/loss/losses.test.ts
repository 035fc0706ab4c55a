import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, test } from "vitest";
import { anchorsOf } from "../../../src/detection/anchors.js";
import { encodeBoxes } from "../../../src/detection/boxCoder.js";
import { type ImageTargets, targetsOf } from "../../../src/detection/imageTargets.js";
import { detectionLoss, type LossSettings, spineNetLoss } from "../../../src/detection/loss/detectionLoss.js";
import { type FocalSettings, focalLoss, focalTargetsOf } from "../../../src/detection/loss/focalLoss.js";
import { giouLoss } from "../../../src/detection/loss/giouLoss.js";
import { huberLoss } from "../../../src/detection/loss/huberLoss.js";
import { lossTargetsBy, lossTargetsOf } from "../../../src/detection/loss/lossTargets.js";
import { tensorOfValues } from "../../../src/network/tensorValues.js";

/** Slopes of a scalar function of one tensor, by central differences. */
function differences(
  f: (x: tf.Tensor) => tf.Tensor,
  shape: number[],
  values: number[],
  step: number,
): number[] {
  const at = (i: number, shift: number) =>
    tf.tidy(
      () =>
        f(
          tf.tensor(
            values.map((value, j) => (i === j ? value + shift : value)),
            shape,
          ),
        ).dataSync()[0]!,
    );
  return values.map((_, i) => (at(i, step) - at(i, -step)) / (2 * step));
}

function slopes(f: (x: tf.Tensor) => tf.Tensor, shape: number[], values: number[]): number[] {
  return tf.tidy(() => [...tf.grad(f)(tf.tensor(values, shape)).dataSync()]);
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(actual.length).toBe(expected.length);
  Array.from(actual).forEach((value, i) => {
    expect(Math.abs(value - expected[i]!), `value ${i}: ${value}, not ${expected[i]}`).toBeLessThan(
      tolerance,
    );
  });
}

/** The focal loss against class channels, an anchor each. */
function focal(logits: tf.Tensor, classTargets: Int32Array, settings?: FocalSettings): tf.Scalar {
  const { positives, positiveWeights, mask } = focalTargetsOf(classTargets, logits.shape.at(-1)!);
  const targets = {
    positives: tensorOfValues(positives),
    positiveWeights: tensorOfValues(positiveWeights),
    mask: tensorOfValues(mask),
  };
  return focalLoss(logits, targets, settings);
}

/** The tensors of a batch's targets, with two classes. */
function tensorsOf(images: readonly ImageTargets[], anchors: Float32Array) {
  const targets = lossTargetsOf(images, anchors, 2);
  return lossTargetsBy((name) => tensorOfValues(targets[name]));
}

const scalarOf = (f: () => tf.Tensor) => tf.tidy(() => f().dataSync()[0]!);

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
    expect(tf.getBackend()).toBe(backend);
  });

  describe("focalLoss", () => {
    test("weighs by alpha and by how wrong the probability is", () => {
      // All logits 0: each probability 1/2, and log(1 + e^0) = ln 2 = 0.693147; (1/2)^1.5 = 0.353553.
      // Two negatives, one positive: 0.353553 · 0.693147 · (2 · 0.75 + 0.25) = 0.428861.
      const loss = scalarOf(() => focal(tf.zeros([1, 3, 1]), Int32Array.of(-1, 0, -1)));
      expect(loss).toBeCloseTo(0.428861, 5);
    });

    test("leaves alone the classes that are not labelled in an image", () => {
      // Two images of two anchors and three classes; of the second image, nothing is known of channels 0 and 2.
      const anchors = Float32Array.of(0, 0, 10, 10, 20, 20, 30, 30);
      const images: ImageTargets[] = [
        { ...targetsOf(anchors, Float32Array.of(0, 0, 10, 10), [2]), unlabelled: [] },
        { ...targetsOf(anchors, Float32Array.of(20, 20, 30, 30), [1]), unlabelled: [0, 2] },
      ];
      const made = lossTargetsOf(images, anchors, 3);
      const targets = lossTargetsBy((name) => tensorOfValues(made[name]));
      const values = Array.from({ length: 12 }, (_, i) => Math.sin(i * 1.3));
      const f = (x: tf.Tensor) => focalLoss(x, targets);
      const actual = slopes(f, [2, 2, 3], values);
      expect(actual.map((slope) => slope !== 0)).toEqual([
        ...[true, true, true, true, true, true],
        ...[false, true, false, false, true, false],
      ]);
      expectClose(actual, differences(f, [2, 2, 3], values, 1e-2), 2e-3);
      // Where all is labelled the loss is what it is without such a list.
      const whole = lossTargetsOf(
        images.map((image) => ({ ...image, unlabelled: [] })),
        anchors,
        3,
      );
      const plain = lossTargetsOf(
        images.map(({ unlabelled: _, ...image }) => image),
        anchors,
        3,
      );
      const [listed, unlisted] = [whole, plain].map((each) => {
        const tensors = lossTargetsBy((name) => tensorOfValues(each[name]));
        return slopes((x) => focalLoss(x, tensors), [2, 2, 3], values);
      });
      expect(listed).toEqual(unlisted);
    });

    test("with gamma 0 and alpha 1/2 is half the cross-entropy", () => {
      // −ln σ(2) = 0.126928 for the positive, −ln(1 − σ(−1)) = 0.313262 for the negative.
      const loss = scalarOf(() =>
        focal(tf.tensor([2, -1], [1, 1, 2]), Int32Array.of(0), { alpha: 0.5, gamma: 0 }),
      );
      expect(loss).toBeCloseTo((0.126928 + 0.313262) / 2, 5);
    });

    test("stays finite, value and slope, for logits that saturate", () => {
      const targets = Int32Array.of(0, 0, -1, -1);
      const values = [-200, 200, 200, -200];
      // A positive at −200 costs 0.25 · 200, a negative at 200 costs 0.75 · 200; their slopes are ∓ those weights.
      expect(scalarOf(() => focal(tf.tensor(values, [1, 4, 1]), targets))).toBeCloseTo(200, 3);
      expectClose(
        slopes((x) => focal(x, targets), [1, 4, 1], values),
        [-0.25, 0, 0.75, 0],
        1e-6,
      );
    });

    test.each([1.5, 2, 0.7])("has the slope that differences give, with gamma %d", (gamma) => {
      const targets = Int32Array.of(1, -1, -2, 0, -1, 2);
      const values = Array.from({ length: 18 }, (_, i) => Math.sin(i * 1.7) * 3);
      const f = (x: tf.Tensor) => focal(x, targets, { alpha: 0.3, gamma });
      const actual = slopes(f, [2, 3, 3], values);
      expectClose(actual, differences(f, [2, 3, 3], values, 1e-2), 2e-3);
      expect(actual.slice(6, 9).map(Math.abs)).toEqual([0, 0, 0]);
    });

    test("refuses targets of another length", () => {
      expect(() => focal(tf.zeros([1, 3, 2]), new Int32Array(4))).toThrow("needs 3 class targets");
    });
  });

  describe("huberLoss", () => {
    test("is a parabola to delta and a line beyond", () => {
      // |d| = 0.05: 0.05² / 2 = 0.00125. |d| = 1, delta 0.1: 0.1 · (1 − 0.05) = 0.095. The second row weighs 0.
      const loss = scalarOf(() =>
        huberLoss(
          tf.tensor2d([
            [0.05, -1],
            [9, 9],
          ]),
          tf.zeros([2, 2]),
          tf.tensor2d([[1], [0]]),
          0.1,
        ),
      );
      expect(loss).toBeCloseTo(0.00125 + 0.095, 6);
    });

    test("has the difference, clipped at delta, as its slope", () => {
      const f = (x: tf.Tensor) => huberLoss(x, tf.tensor2d([[1, 1, 1, 1]]), tf.tensor2d([[2]]), 0.5);
      expectClose(slopes(f, [1, 4], [0, 1.25, 1, 3]), [-1, 0.5, 0, 1], 1e-6);
    });
  });

  describe("giouLoss", () => {
    const anchors = [
      [0, 0, 10, 10],
      [0, 0, 10, 10],
    ];
    const loss = (codes: tf.Tensor, boxes: number[][], weights = [1, 1]) =>
      giouLoss(
        tf.reshape(codes, [2, 4]),
        tf.tensor2d(anchors),
        tf.tensor2d(boxes),
        tf.tensor2d(weights, [2, 1]),
      );

    test("is zero for equal boxes, and grows past one as they part", () => {
      expect(scalarOf(() => loss(tf.zeros([2, 4]), anchors))).toBeCloseTo(0, 6);
      // Overlap 50, union 150, hull 150: 1 − 1/3. Apart: overlap 0, union 200, hull 300: 1 − 0 + 100/300.
      const boxes = [
        [0, 5, 10, 15],
        [20, 0, 30, 10],
      ];
      expect(scalarOf(() => loss(tf.zeros([2, 4]), boxes, [1, 0]))).toBeCloseTo(2 / 3, 5);
      expect(scalarOf(() => loss(tf.zeros([2, 4]), boxes, [0, 1]))).toBeCloseTo(4 / 3, 5);
    });

    test("has the slope that differences give", () => {
      const boxes = [
        [1, 3, 9, 12],
        [15, -20, 22, -3],
      ];
      const values = [0.1, -0.2, 0.3, -0.4, 0.05, 0.15, -0.3, 0.2];
      const f = (x: tf.Tensor) => loss(x, boxes, [1, 0.5]);
      expectClose(slopes(f, [2, 4], values), differences(f, [2, 4], values, 2e-3), 2e-3);
    });

    test("stays finite, value and slope, for boxes without an area and codes out of bounds", () => {
      const boxes = [
        [5, 5, 5, 5],
        [2, 2, 2, 8],
      ];
      const values = [0, 0, -300, -300, 1e4, -1e4, 300, 300];
      expect(Number.isFinite(scalarOf(() => loss(tf.tensor(values, [2, 4]), boxes)))).toBe(true);
      for (const slope of slopes((x) => loss(x, boxes), [2, 4], values))
        expect(Number.isFinite(slope)).toBe(true);
    });
  });

  describe("detectionLoss", () => {
    const anchors = anchorsOf({ levels: [3], size: 1, scalesPerOctave: 1, aspectRatios: [1] }, 16, 16);
    const objects = Float32Array.of(0, 0, 8, 9, 8, 8, 16, 16);
    const targets = [targetsOf(anchors, objects, [1, 0]), targetsOf(anchors, new Float32Array(0), [])];
    const giou: LossSettings = { ...spineNetLoss, box: { kind: "giou", weight: 2 } };

    test("divides by the positives of the whole batch and one", () => {
      const parts = tf.tidy(() => {
        const outputs = { classLogits: tf.zeros([2, 4, 2]), boxCodes: tf.zeros([2, 4, 4]) };
        const { total, classLoss, boxLoss } = detectionLoss(outputs, tensorsOf(targets, anchors));
        return [total, classLoss, boxLoss].map((part) => part.dataSync()[0]!);
      });
      // 16 logits at 0, 2 of them positive: 0.353553 · 0.693147 · (14 · 0.75 + 2 · 0.25) = 2.695702; / (2 + 1).
      const classLoss = 2.695702 / 3;
      // Only the first box differs from its anchor (side 8): tx = (4.5 − 4) / 8 = 0.0625, tw = ln(9 / 8) = 0.117783.
      // Huber: 0.0625² / 2 + 0.1 · (0.117783 − 0.05) = 0.001953 + 0.006778; / 4 / (2 + 1).
      const boxLoss = (0.001953 + 0.006778) / 4 / 3;
      expectClose(parts, [classLoss + 50 * boxLoss, classLoss, boxLoss], 1e-5);
    });

    test("with GIoU takes the weighted sum of its parts", () => {
      const parts = tf.tidy(() => {
        const outputs = { classLogits: tf.zeros([2, 4, 2]), boxCodes: tf.zeros([2, 4, 4]) };
        const { total, classLoss, boxLoss } = detectionLoss(outputs, tensorsOf(targets, anchors), giou);
        return [total, classLoss, boxLoss].map((part) => part.dataSync()[0]!);
      });
      // The first box: IoU 64 / 72, hull = union; the second: 1. (1 − 64 / 72) / 3.
      expectClose(parts, [2.695702 / 3 + 2 * (1 / 27), 2.695702 / 3, 1 / 27], 1e-5);
    });

    test.each([
      ["huber", spineNetLoss],
      ["giou", giou],
    ] as const)("has the slope that differences give, with %s", (_, settings) => {
      const classLogits = tf.keep(tf.zeros([2, 4, 2]));
      const values = Array.from({ length: 32 }, (_, i) => Math.sin(i * 2.3 + 1) * 0.3);
      const f = (boxCodes: tf.Tensor) =>
        detectionLoss({ classLogits, boxCodes }, tensorsOf(targets, anchors), settings).total;
      const actual = slopes(f, [2, 4, 4], values);
      expectClose(actual, differences(f, [2, 4, 4], values, 1e-3), 2e-2);
      // Anchors 1 and 2 of the first image and the whole second image have no box.
      expect(
        actual
          .slice(4, 12)
          .concat(actual.slice(16))
          .every((slope) => slope === 0),
      ).toBe(true);
      expect(actual.slice(0, 4).some((slope) => slope !== 0)).toBe(true);
      classLogits.dispose();
    });

    test.each([
      ["huber", spineNetLoss],
      ["giou", giou],
    ] as const)("an empty batch still has a finite slope, with %s", (_, settings) => {
      const f = (boxCodes: tf.Tensor) =>
        detectionLoss(
          { classLogits: tf.zeros([1, 4, 2]), boxCodes },
          tensorsOf([targets[1]!], anchors),
          settings,
        ).total;
      expect(slopes(f, [1, 4, 4], new Array(16).fill(0.5))).toEqual(new Array(16).fill(0));
    });

    test("leaves no tensor behind", () => {
      const outputs = { classLogits: tf.zeros([2, 4, 2]), boxCodes: tf.zeros([2, 4, 4]) };
      const before = tf.memory().numTensors;
      const f = (boxCodes: tf.Tensor, classLogits: tf.Tensor) =>
        detectionLoss({ boxCodes, classLogits }, tensorsOf(targets, anchors), giou).total;
      tf.dispose(tf.grads(f)([outputs.boxCodes, outputs.classLogits]));
      expect(tf.memory().numTensors).toBe(before);
    });

    test("a matched box is what its target codes decode to", () => {
      const codes = encodeBoxes(
        targets[0]!.boxTargets,
        anchors.filter((_, i) => i < 4 || i >= 12),
      );
      expectClose(codes, [0, 0.0625, 0, 0.117783, 0, 0, 0, 0], 1e-6);
    });
  });
});
