import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it, test } from "vitest";
import { startEngine } from "../../loaders/engine/startEngine.js";
import { anchorsOf } from "../../src/detection/anchors.js";
import { encodeBoxes } from "../../src/detection/boxCoder.js";
import { targetsOf } from "../../src/detection/imageTargets.js";
import { detectionLoss } from "../../src/detection/loss/detectionLoss.js";
import { lossTargetsBy, lossTargetsOf } from "../../src/detection/loss/lossTargets.js";
import { detectionsOf, retinaNetPostprocessing } from "../../src/detection/postprocess.js";
import { tensorOfValues } from "../../src/network/tensorValues.js";
import { modelGarden, noiseBetween } from "../reference/modelGarden/passes.js";
import { decodeBoxes } from "./decodeBoxes.js";
import { retinaNetAnchors } from "./retinaNetAnchors.js";

const { detection: reference } = modelGarden;
const classes = 3;
const anchors = anchorsOf(retinaNetAnchors, 128, 128);
const anchorCount = anchors.length / 4;
const targets = reference.images.map(({ boxes, classes }) =>
  targetsOf(anchors, Float32Array.from(boxes.flat()), classes),
);

/** The made-up head outputs of passes.py, its levels end to end: `values` numbers an anchor for each image. */
function madeOutputs(name: string, values: number, low: number, high: number): Float32Array[] {
  const images = reference.images.map(() => new Float32Array(anchorCount * values));
  let offset = 0;
  for (const level of retinaNetAnchors.levels) {
    const count = (128 / 2 ** level) ** 2 * 9 * values;
    const drawn = noiseBetween(`${name}${level}`, images.length * count, low, high);
    images.forEach((image, index) => {
      image.set(drawn.subarray(index * count, (index + 1) * count), offset);
    });
    offset += count;
  }
  return images;
}

const logits = madeOutputs("logits", classes, -7, 1);
const codes = madeOutputs("codes", 4, -1, 1);

/** The reference has six digits. */
function expectClose(ours: number, theirs: number, what: string, slack = 1e-5) {
  expect(Math.abs(ours - theirs), `${what}: ${ours} for ${theirs}`).toBeLessThanOrEqual(
    slack * Math.max(1, Math.abs(theirs)),
  );
}

for (const { size, anchorSize, levels } of reference.anchors) {
  test(`anchors of size ${anchorSize} at ${size.join(" × ")} pixels are the Model Garden's`, () => {
    const ours = anchorsOf({ ...retinaNetAnchors, size: anchorSize }, ...size);
    let offset = 0;
    for (const { shape, values, step = 1 } of levels) {
      values.forEach((value, index) => {
        expectClose(ours[offset + index * step]!, value, `anchor value ${offset + index * step}`);
      });
      offset += shape[0]! * shape[1]!;
    }
    expect(ours.length).toBe(offset);
  });
}

test("codes far beyond any sensible box decode to the Model Garden's boxes", () => {
  const far = noiseBetween("farCodes", anchors.length, -6, 6);
  const ours = decodeBoxes(far, anchors);
  const { values, step = 1 } = reference.decoded;
  values.forEach((value, index) => {
    expectClose(ours[index * step]!, value, `decoded value ${index * step}`);
  });
});

reference.images.forEach((image, index) => {
  test(`anchors match the boxes of image ${index} as in the Model Garden`, () => {
    const { positives, classTargets, boxTargets } = targets[index]!;
    expect([...positives]).toEqual(image.positives);
    expect([...positives].map((anchor) => classTargets[anchor])).toEqual(image.classTargets);
    const anchorRows = Float32Array.from(
      [...positives].flatMap((a) => [...anchors.subarray(a * 4, a * 4 + 4)]),
    );
    encodeBoxes(boxTargets, anchorRows).forEach((code, i) => {
      expectClose(code, image.codes[i]!, `code ${i}`);
    });
  });

  test(`detections of image ${index} are the Model Garden's, in its order`, () => {
    const { clip, boxes, scores, channels } = reference.detections[index]!;
    const settings = { ...retinaNetPostprocessing, firstChannel: 1 };
    const found = detectionsOf(logits[index]!, codes[index]!, anchors, clip, settings);
    // The Model Garden also counts boxes of which clipping to the image leaves nothing; here they are no detections.
    const visible = channels.flatMap((_, i) => {
      const [ymin, xmin, ymax, xmax] = boxes.slice(i * 4, i * 4 + 4) as [number, number, number, number];
      return ymin < ymax && xmin < xmax ? [i] : [];
    });
    expect(visible.length).toBeGreaterThan(50);
    const ours = found.slice(0, visible.length);
    expect(ours.map(({ channel }) => channel)).toEqual(visible.map((i) => channels[i]));
    ours.forEach(({ box, score }, k) => {
      const i = visible[k]!;
      expectClose(score, scores[i]!, `score ${i}`);
      box.forEach((side, j) => {
        expectClose(side, boxes[i * 4 + j]!, `side ${j} of box ${i}`);
      });
    });
  });
});

describe("on wasm", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("the loss of a batch is the Model Garden's", () => {
    const values = lossTargetsOf(targets, anchors, classes);
    const loss = tf.tidy(() => {
      const stacked = (images: readonly Float32Array[], values: number) =>
        tf.stack(images.map((image) => tf.tensor2d(image, [anchorCount, values])));
      const { total, classLoss, boxLoss } = detectionLoss(
        { classLogits: stacked(logits, classes), boxCodes: stacked(codes, 4) },
        lossTargetsBy((name) => tensorOfValues(values[name])),
      );
      return {
        total: total.dataSync()[0]!,
        classLoss: classLoss.dataSync()[0]!,
        boxLoss: boxLoss.dataSync()[0]!,
      };
    });
    // wasm adds 18,414 losses one after another in float32, which costs it a digit that TensorFlow keeps.
    expectClose(loss.classLoss, reference.loss.classLoss, "class loss", 3e-5);
    expectClose(loss.boxLoss, reference.loss.boxLoss, "box loss");
    expectClose(loss.total, reference.loss.total, "total", 3e-5);
  });
});
