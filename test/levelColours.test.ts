import { lab } from "d3";
import { describe, expect, test } from "vitest";
import { contrast, difference, seenWith, themes, visions } from "./themeColours.js";

const levels = [1, 2, 3, 4, 5, 6, 7];

describe.each(themes)("the colours of the levels in the $theme theme", ({ background, of }) => {
  const marks = levels.map((level) => of(`level-${level}`) ?? "");
  const inks = levels.map((level) => of(`level-${level}-ink`) ?? "");

  test("stand out from the page: marks at 3:1, text at 4.5:1", () => {
    expect(marks.map((mark) => contrast(mark, background) >= 3)).toEqual(levels.map(() => true));
    expect(inks.map((ink) => contrast(ink, background) >= 4.5)).toEqual(levels.map(() => true));
  });

  test("grow darker with the level", () => {
    const lightness = marks.map((mark) => lab(mark).l);
    expect(lightness).toEqual([...lightness].sort((a, b) => b - a));
  });

  test.each(Object.entries(visions))("differ from one another with %s", (_, vision) => {
    const seen = marks.map((mark) => seenWith(vision, mark));
    const closest = Math.min(
      ...seen.flatMap((one, i) => seen.slice(i + 1).map((other) => difference(one, other))),
    );
    expect(closest).toBeGreaterThan(9);
  });
});
