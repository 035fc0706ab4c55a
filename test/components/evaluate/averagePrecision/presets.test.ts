import { describe, expect, it } from "vitest";
import { measureScene } from "../../../../src/components/evaluate/averagePrecision/measure.js";
import { apPresets } from "../../../../src/components/evaluate/averagePrecision/presets.js";
import type { Scene } from "../../../../src/components/evaluate/averagePrecision/scene.js";
import {
  fitted,
  withMark,
  withScore,
} from "../../../../src/components/evaluate/averagePrecision/sceneEdits.js";
import { apStore } from "../../../../src/components/evaluate/averagePrecision/store.js";

const preset = (id: string) => apPresets.find((entry) => entry.id === id)!;
const averageAt = (id: string, change: { scene?: Scene; threshold?: number } = {}) => {
  const { scene, view } = preset(id);
  const { threshold = view.threshold } = change;
  return apStore({ scene: change.scene ?? scene, view: { ...view, threshold } }).shown.whole
    .averagePrecision!;
};

describe("the scenes a reader may begin with", () => {
  it.each(apPresets)("$title has whole boxes within its images", ({ scene }) => {
    for (const { bbox } of [...scene.objects, ...scene.detections]) expect(fitted(bbox)).toEqual(bbox);
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
    const { scene } = preset("confident-mistake");
    expect(averageAt("confident-mistake", { scene: withScore(scene, 7, 0.1) })).toBe(1);
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
    const { scene } = preset("crowd");
    const crowd = scene.objects.findIndex(({ mark }) => mark === "crowd");
    expect(averageAt("crowd", { scene: withMark(scene, crowd, "counted") })).toBeLessThan(0.9);
  });

  it("“Small ones missed” measures large houses as found and small ones mostly not", () => {
    const { stats } = measureScene(preset("sizes").scene, preset("sizes").view);
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
