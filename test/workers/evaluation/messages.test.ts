import { describe, expect, it } from "vitest";
import { parseEvaluationAnswer, parseEvaluationRequest } from "../../../src/workers/evaluation/messages.js";

const file = (key: number) => ({ key, name: `${key}.json`, file: new Blob(["[]"]) });
const question = { id: 0, groundTruth: file(0), detections: file(1), iouType: "bbox" };
const measured = {
  type: "measured",
  id: 0,
  images: 1,
  annotations: 2,
  detections: 3,
  strangers: 0,
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

describe("parseEvaluationRequest(value)", () => {
  it("lets the three requests through", () => {
    for (const request of [
      { type: "measure", ...question },
      { type: "classify", ...question, iouType: "segm" },
      { type: "resample", ...question, others: file(2), samples: 100, seed: 1 },
      { type: "resample", ...question, others: null, samples: 100, seed: 1 },
    ]) {
      expect(parseEvaluationRequest(request)).toEqual(request);
    }
  });

  it("names the field that is wrong", () => {
    const wrong = (part: object) => () => parseEvaluationRequest({ type: "measure", ...question, ...part });
    expect(wrong({ iouType: "keypoints" })).toThrow(/worker: iouType: is "keypoints"/);
    expect(wrong({ groundTruth: { ...file(0), file: "text" } })).toThrow(/groundTruth\.file/);
    expect(wrong({ detections: { ...file(0), name: "" } })).toThrow(/detections\.name/);
    expect(wrong({ type: "stop" })).toThrow(/type: /);
    expect(() =>
      parseEvaluationRequest({ type: "resample", ...question, others: null, samples: 0, seed: 1 }),
    ).toThrow(/samples: is 0; expected 1 or more/);
  });
});

describe("parseEvaluationAnswer(value)", () => {
  it("lets numbers and progress through", () => {
    expect(parseEvaluationAnswer(measured)).toEqual(measured);
    const progress = { type: "progress", id: 0, stage: "matching", fraction: 0.25 };
    expect(parseEvaluationAnswer(progress)).toEqual(progress);
  });

  it("refuses what is no fraction, too few numbers, and columns of the wrong kind or length", () => {
    const wrong = (part: object) => () => parseEvaluationAnswer({ ...measured, ...part });
    expect(wrong({ stats: [0.5] })).toThrow(/stats: has length 1; expected 12/);
    expect(wrong({ stats: measured.stats.with(0, 42.8) })).toThrow(/stats\.0: is 42.8; expected 1 or less/);
    expect(wrong({ precision: [0, 0, 0, 0, 0, 0] })).toThrow(/precision/);
    expect(wrong({ scores: new Float64Array(5) })).toThrow(/scores: has length 5; expected 6/);
    expect(wrong({ perCategoryAP: new Float64Array() })).toThrow(/perCategoryAP: has length 0; expected 1/);
  });
});
