import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fallbackFaces } from "../../../loaders/site/fallbackFaces.js";

const families = new Set(fallbackFaces().map((face) => /font-family:"([^"]+)"/.exec(face)![1]!));

test("each family that stands in for ours is named by the style sheet, right after ours", () => {
  const style = readFileSync("src/style.css", "utf8");
  for (const [ours, first] of [
    ["Source Serif 4 Variable", "Serif while loading"],
    ["Source Sans 3 Variable", "Sans while loading"],
  ] as const) {
    expect(style).toContain(`"${ours}", "${first}", "${first}, wide"`);
  }
  expect([...families].sort()).toEqual([
    "Sans while loading",
    "Sans while loading, wide",
    "Serif while loading",
    "Serif while loading, wide",
  ]);
});

test("a face that stands in is as high as ours after it is stretched", () => {
  const [serif] = fallbackFaces();
  // 103.6% / 1.1695 = 88.58%, and 33.5% / 1.1695 = 28.64%
  expect(serif).toContain("size-adjust:116.95%;ascent-override:88.58%;descent-override:28.64%");
});
