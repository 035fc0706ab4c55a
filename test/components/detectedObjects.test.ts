import { describe, expect, it } from "vitest";
import {
  classLook,
  countsByClass,
  selectedObjects,
  sentenceOf,
} from "../../src/components/detectedObjects.js";

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
    expect(sentenceOf([])).toBe("no object");
  });
});

describe("classLook(index)", () => {
  it("gives neighbouring classes another colour and another line", () => {
    for (let index = 0; index < 20; index++) {
      expect(classLook(index).colour).not.toBe(classLook(index + 1).colour);
      expect(classLook(index).line).not.toBe(classLook(index + 1).line);
    }
  });
});
