import { describe, expect, it } from "vitest";
import { detectionProtocol } from "../../src/messages/detection.js";
import { parseMessage } from "../../src/workers/envelope.js";

const { start, load, detect } = detectionProtocol.questions;
const object = { bbox: [1, 2, 3, 4], score: 0.5, name: "boat" };

describe("the questions of detection", () => {
  it("let the three through", () => {
    const file = new ArrayBuffer(2);
    const image = { width: 1, height: 1, close: () => {} };
    expect(parseMessage(start.question, { backend: "auto" }, "it")).toEqual({ backend: "auto" });
    expect(parseMessage(load.question, { file, source: "a" }, "it")).toMatchObject({ file });
    expect(parseMessage(detect.question, { image }, "it")).toMatchObject({ image });
  });

  it("name the field that is wrong", () => {
    expect(() => parseMessage(start.question, { backend: "metal" }, "it")).toThrow(/it: backend: .*metal/);
    expect(() => parseMessage(detect.question, { image: "cat.png" }, "it")).toThrow(
      /image: an ImageBitmap is needed/,
    );
    expect(() => parseMessage(start.question, null, "it")).toThrow(/the top level/);
  });
});

describe("the answer to detect", () => {
  it("lets what was detected through", () => {
    const answer = { objects: [object], milliseconds: 12.5, first: true };
    expect(parseMessage(detect.answer, answer, "it")).toEqual(answer);
  });

  it("refuses scores above 1, boxes of three numbers and fields nobody knows", () => {
    const wrong = (part: object) => () =>
      parseMessage(detect.answer, { objects: [{ ...object, ...part }], milliseconds: 1, first: false }, "it");
    expect(wrong({ score: 1.5 })).toThrow(/objects\.0\.score/);
    expect(wrong({ bbox: [1, 2, 3] })).toThrow(/objects\.0\.bbox/);
    expect(wrong({ mask: "" })).toThrow(/objects\.0\.mask/);
  });
});
