import { describe, expect, it } from "vitest";
import {
  boxAt,
  classLook,
  countsByClass,
  selectedObjects,
  sentenceOf,
} from "../../../src/components/live/detectedObjects.js";

const object = (name: string, score: number) => ({ name, score, bbox: [0, 0, 1, 1] as const });
const objects = [object("boat", 0.9), object("person", 0.5), object("boat", 0.3)];

describe("selectedObjects(objects, selection)", () => {
  it("keeps a score on the limit, and drops hidden classes", () => {
    expect(selectedObjects(objects, { score: 0.5, hidden: new Set() })).toHaveLength(2);
    expect(selectedObjects(objects, { score: 0.1, hidden: new Set(["boat"]) })).toEqual([objects[1]]);
  });
});

describe("countsByClass(objects, classes, score)", () => {
  it("counts classes with nothing, in the order given", () => {
    expect([...countsByClass(objects, ["kite", "boat", "person"], 0.4)]).toEqual([
      ["kite", 0],
      ["boat", 1],
      ["person", 1],
    ]);
  });
});

describe("sentenceOf(objects)", () => {
  it("names the most frequent class first, and none where there is none", () => {
    expect(sentenceOf(objects)).toBe("3 objects: 2 boat, 1 person");
    expect(sentenceOf([objects[1]!])).toBe("1 object: 1 person");
    expect(sentenceOf([])).toBe("No object");
  });
});

describe("boxAt(objects, across, down)", () => {
  const boxes = [
    { name: "boat", score: 0.9, bbox: [0, 0, 100, 100] as const },
    { name: "person", score: 0.4, bbox: [40, 40, 20, 20] as const },
  ];

  it("finds the smallest box around a point, and none where there is none", () => {
    expect(boxAt(boxes, 50, 50)).toBe(1);
    expect(boxAt(boxes, 10, 50)).toBe(0);
    expect(boxAt(boxes, 101, 50)).toBeNull();
  });
});

describe("classLook(index)", () => {
  it("gives colours that dark labels stand out from", () => {
    // WCAG's contrast with the labels' #14120f: 7 is its enhanced level.
    const luminance = (colour: string) => {
      const [r, g, b] = [1, 3, 5].map((at) => {
        const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    for (let index = 0; index < 8; index++) {
      const contrast = (luminance(classLook(index).colour) + 0.05) / (luminance("#14120f") + 0.05);
      expect(contrast).toBeGreaterThan(7);
    }
  });

  it("gives neighbouring classes another colour and another line", () => {
    for (let index = 0; index < 20; index++) {
      expect(classLook(index).colour).not.toBe(classLook(index + 1).colour);
      expect(classLook(index).line).not.toBe(classLook(index + 1).line);
    }
  });
});
