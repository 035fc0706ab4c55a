import { describe, expect, it } from "vitest";
import { parseAnswer, parseRequest } from "../../../src/workers/detection/messages.js";

const object = { bbox: [1, 2, 3, 4], score: 0.5, categoryId: 1, name: "boat" };

describe("parseRequest(value)", () => {
  it("lets the three requests through", () => {
    const file = new ArrayBuffer(2);
    const image = { width: 1, height: 1, close: () => {} };
    expect(parseRequest({ type: "start", id: 0, backend: "auto" })).toEqual({
      type: "start",
      id: 0,
      backend: "auto",
    });
    expect(parseRequest({ type: "load", id: 1, file, source: "a" })).toMatchObject({ file });
    expect(parseRequest({ type: "detect", id: 2, image })).toMatchObject({ image });
  });

  it("names the field that is wrong", () => {
    expect(() => parseRequest({ type: "start", id: 0, backend: "metal" })).toThrow(
      /worker: backend: .*metal/,
    );
    expect(() => parseRequest({ type: "detect", id: 2, image: "cat.png" })).toThrow(
      /image: an ImageBitmap is needed/,
    );
    expect(() => parseRequest({ type: "stop", id: 0 })).toThrow(/worker: type: /);
    expect(() => parseRequest(null)).toThrow(/the top level/);
  });
});

describe("parseAnswer(value)", () => {
  it("lets what was detected through", () => {
    const answer = { type: "detected", id: 3, objects: [object], milliseconds: 12.5, first: true };
    expect(parseAnswer(answer)).toEqual(answer);
  });

  it("refuses scores above 1, boxes of three numbers and fields nobody knows", () => {
    const answer = (part: object) => ({
      type: "detected",
      id: 3,
      objects: [{ ...object, ...part }],
      milliseconds: 1,
      first: false,
    });
    expect(() => parseAnswer(answer({ score: 1.5 }))).toThrow(/objects\.0\.score/);
    expect(() => parseAnswer(answer({ bbox: [1, 2, 3] }))).toThrow(/objects\.0\.bbox/);
    expect(() => parseAnswer(answer({ mask: "" }))).toThrow(/objects\.0\.mask/);
  });
});
