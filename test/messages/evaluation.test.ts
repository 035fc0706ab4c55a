import { describe, expect, it } from "vitest";
import { evaluationProtocol } from "../../src/messages/evaluation.js";
import { parseMessage } from "../../src/workers/envelope.js";

const { measure, classify, bootstrap } = evaluationProtocol.questions;

const file = (key: number) => ({ key, name: `${key}.json`, file: new Blob(["[]"]) });
const question = { groundTruth: file(0), detections: file(1), iouType: "bbox" };
const measured = {
  images: 1,
  annotations: 2,
  detections: 3,
  remarks: [],
  categories: [{ id: 7, name: "boat", objects: 2, detections: 3 }],
  stats: [0.5, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  perCategoryAP: Float64Array.of(0.5),
  iouThresholds: [0.5, 0.75],
  recallThresholds: [0, 0.5, 1],
  // 2 × 3 × 1 numbers.
  precision: new Float64Array(6),
  scores: new Float64Array(6),
  milliseconds: 1.5,
};

describe("the questions of evaluation", () => {
  it("let the three through", () => {
    for (const [kind, asked] of [
      [measure, question],
      [classify, { ...question, iouType: "segm" }],
      [bootstrap, { ...question, others: file(2), samples: 100, seed: 1 }],
      [bootstrap, { ...question, others: null, samples: 100, seed: 1 }],
    ] as const) {
      expect(parseMessage(kind.question, asked, "it")).toEqual(asked);
    }
  });

  it("name the field that is wrong", () => {
    const wrong = (part: object) => () => parseMessage(measure.question, { ...question, ...part }, "it");
    expect(wrong({ iouType: "keypoints" })).toThrow(/it: iouType: is "keypoints"/);
    expect(wrong({ groundTruth: { ...file(0), file: "text" } })).toThrow(/groundTruth\.file/);
    expect(wrong({ detections: { ...file(0), name: "" } })).toThrow(/detections\.name/);
    expect(() =>
      parseMessage(bootstrap.question, { ...question, others: null, samples: 0, seed: 1 }, "it"),
    ).toThrow(/samples: is 0; expected 1 or more/);
  });
});

describe("the answer to measure", () => {
  it("lets numbers through", () => {
    expect(parseMessage(measure.answer, measured, "it")).toEqual(measured);
  });

  it("refuses what is no fraction, too few numbers, and columns of the wrong kind or length", () => {
    const wrong = (part: object) => () => parseMessage(measure.answer, { ...measured, ...part }, "it");
    expect(wrong({ stats: [0.5] })).toThrow(/stats: has length 1; expected 12/);
    expect(wrong({ stats: measured.stats.with(0, 42.8) })).toThrow(/stats\.0: is 42.8; expected 1 or less/);
    expect(wrong({ precision: [0, 0, 0, 0, 0, 0] })).toThrow(/precision/);
    expect(wrong({ scores: new Float64Array(5) })).toThrow(/scores: has length 5; expected 6/);
    expect(wrong({ perCategoryAP: new Float64Array() })).toThrow(/perCategoryAP: has length 0; expected 1/);
  });
});
