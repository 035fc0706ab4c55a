import { describe, expect, it } from "vitest";
import {
  fitted,
  withMark,
  withScore,
} from "../../../../src/components/evaluate/averagePrecision/boxEdits.js";
import type { Example } from "../../../../src/components/evaluate/averagePrecision/example.js";
import { measureExample } from "../../../../src/components/evaluate/averagePrecision/measure.js";
import { apPresets } from "../../../../src/components/evaluate/averagePrecision/presets.js";
import { apStore } from "../../../../src/components/evaluate/averagePrecision/store.js";

const preset = (id: string) => apPresets.find((entry) => entry.id === id)!;
const averageAt = (id: string, change: { example?: Example; threshold?: number } = {}) => {
  const { example, view } = preset(id);
  const { threshold = view.threshold } = change;
  return apStore({ example: change.example ?? example, view: { ...view, threshold } }).shown.whole
    .averagePrecision!;
};

describe("the examples a reader may begin with", () => {
  it.each(apPresets)("$title has whole boxes within its images", ({ example }) => {
    for (const { bbox } of [...example.objects, ...example.detections]) expect(fitted(bbox)).toEqual(bbox);
  });

  it("“A detector’s day” has a detection wrong for each reason, and both classes", () => {
    const { matching, measure } = apStore(preset("usual")).shown;
    const reasons = new Set(matching.ranking.map(({ reason }) => reason));
    expect(reasons).toEqual(new Set(["found", "other category", "too loose", "background"]));
    expect(measure.categoryStats.every(([AP]) => AP! > 0.2 && AP! < 0.6)).toBe(true);
  });

  it("“A duplicate” has one wrong detection, that fits", () => {
    const wrong = apStore(preset("duplicate")).shown.matching.ranking.filter(
      ({ verdict }) => verdict === "wrong",
    );
    expect(wrong).toMatchObject([{ reason: "duplicate" }]);
    expect(wrong[0]!.iou).toBeGreaterThan(0.75);
  });

  it("“A confident mistake” costs an eighth, and nothing at a low score", () => {
    // Seven of eight are right, and the last of them ends the row: precision 7/8 at every recall.
    expect(averageAt("confident-mistake")).toBeCloseTo(7 / 8, 12);
    const { example } = preset("confident-mistake");
    expect(averageAt("confident-mistake", { example: withScore(example, 7, 0.1) })).toBe(1);
  });

  it("“Mistakes at the end” costs nothing", () => {
    expect(averageAt("late-mistakes")).toBe(1);
  });

  it("“Loose boxes” is perfect at 0.50 and nothing at 0.75", () => {
    expect(averageAt("loose")).toBe(1);
    expect(averageAt("loose", { threshold: 5 })).toBe(0);
  });

  it("“A crowd” is perfect until the crowd is marked as one object", () => {
    expect(averageAt("crowd")).toBe(1);
    const { example } = preset("crowd");
    const crowd = example.objects.findIndex(({ mark }) => mark === "crowd");
    expect(averageAt("crowd", { example: withMark(example, crowd, "counted") })).toBeLessThan(0.9);
  });

  it("“Small ones missed” measures large houses as found and small ones mostly not", () => {
    const { stats } = measureExample(preset("sizes").example, preset("sizes").view);
    const [, , , small, medium, large] = stats;
    expect(small).toBeLessThan(0.35);
    expect(medium).toBeGreaterThan(small!);
    expect(large).toBeGreaterThan(0.75);
  });

  it("“One box an image” finds no more than one an image", () => {
    const { whole, matching } = apStore(preset("limit")).shown;
    expect(whole.points.at(-1)!.right).toBe(3);
    expect(matching.uncounted.length).toBeGreaterThan(0);
  });
});
