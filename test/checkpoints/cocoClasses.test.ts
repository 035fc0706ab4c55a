import { describe, expect, it } from "vitest";
import { assumedClasses } from "../../src/checkpoints/cocoClasses.js";

describe("the classes of a checkpoint", () => {
  it("are COCO's 80 for 91 channels, each in the channel of its id", () => {
    const classes = assumedClasses(91, true);
    expect(classes).toHaveLength(80);
    expect(classes.every(({ channel, categoryId }) => channel === categoryId)).toBe(true);
    expect(new Set(classes.map(({ name }) => name)).size).toBe(80);
    expect(classes[11]).toEqual({ channel: 13, categoryId: 13, name: "stop sign" });
    // The ids that COCO left out.
    const ids = new Set(classes.map(({ channel }) => channel));
    expect(Array.from({ length: 91 }, (_, id) => id).filter((id) => !ids.has(id))).toEqual([
      0, 12, 26, 29, 30, 45, 66, 68, 69, 71, 83,
    ]);
  });

  it("are numbers otherwise, without the background if there is one", () => {
    expect(assumedClasses(3, true).map(({ channel, name }) => [channel, name])).toEqual([
      [1, "class 1"],
      [2, "class 2"],
    ]);
    expect(assumedClasses(2, false).map(({ channel }) => channel)).toEqual([0, 1]);
    expect(assumedClasses(1, true).map(({ channel }) => channel)).toEqual([0]);
    expect(assumedClasses(91, false)).toHaveLength(91);
  });
});
