import { describe, expect, test } from "vitest";
import { familyColours, setColours } from "../../../src/components/charts/palette.js";
import { contrast, difference, seenWith, themes, visions } from "../../themeColours.js";

/** "var(--family-nas, #8a6fc4)": the property, and the colour to use outside the site. */
function parts(colour: string): { property: string; fallback: string } {
  const [, property = "", fallback = ""] = /^var\(--([a-z-]+), (#[0-9a-f]{6})\)$/.exec(colour) ?? [];
  return { property, fallback };
}

const series = [...familyColours, ...setColours].map(parts);

describe.each(themes)("the colours of series in the $theme theme", ({ background, of }) => {
  const colours = (some: readonly string[]) => some.map((one) => of(parts(one).property) ?? "");

  test("stand out from the page at 3:1", () => {
    const low = series.filter(({ property }) => contrast(of(property) ?? background, background) < 3);
    expect(low).toEqual([]);
  });

  test.each(Object.entries(visions))("differ within a chart with %s", (_, vision) => {
    for (const chart of [familyColours, setColours]) {
      const seen = colours(chart).map((colour) => seenWith(vision, colour));
      const closest = Math.min(
        ...seen.flatMap((one, i) => seen.slice(i + 1).map((other) => difference(one, other))),
      );
      expect(closest).toBeGreaterThan(9);
    }
  });

  test("mark where a table's numbers come from in text at 4.5:1", () => {
    for (const origin of ["origin-computed", "origin-measured"]) {
      expect(contrast(of(origin) ?? background, background), origin).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test("series that are drawn outside the site stand out from white at 3:1", () => {
  expect(series.filter(({ fallback }) => contrast(fallback, "#ffffff") < 3)).toEqual([]);
});
