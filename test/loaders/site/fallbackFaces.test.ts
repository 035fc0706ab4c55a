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

test("a face that stands in is as high as ours after it is stretched, whichever its characters", () => {
  const [others, small, space] = fallbackFaces();
  // 103.6% / 1.0401 = 99.61%, and 33.5% / 1.0401 = 32.21%
  expect(others).toContain("size-adjust:104.01%;ascent-override:99.61%;descent-override:32.21%");
  // 103.6% / 1.222 = 84.78%, and 33.5% / 1.222 = 27.41%
  expect(small).toContain("size-adjust:122.2%;ascent-override:84.78%;descent-override:27.41%");
  // 103.6% / 0.948 = 109.28%, and 33.5% / 0.948 = 35.34%
  expect(space).toContain("size-adjust:94.8%;ascent-override:109.28%;descent-override:35.34%");
});

test("small letters and spaces have a face each, declared after the one for all characters, which they override", () => {
  const ranges = fallbackFaces()
    .slice(0, 3)
    .map((face) => /unicode-range:([^}]+)/.exec(face)?.[1] ?? "all");
  expect(ranges).toEqual(["all", "U+61-7A", "U+20,U+A0"]);
});

test("each weight of ours has one face that stands in for it", () => {
  for (const family of families) {
    const upright = fallbackFaces().filter(
      (face) =>
        face.includes(`font-family:"${family}"`) &&
        face.includes("font-style:normal") &&
        !face.includes("unicode-range"),
    );
    const weights = upright.map((face) => /font-weight:(\d+) (\d+)/.exec(face)!.slice(1).map(Number));
    expect(weights).toEqual([
      [200, 549],
      [550, 650],
      [651, 900],
    ]);
  }
});
