import type { Level } from "../../architecture/model/level.js";

/** The site's colours, for drawings that are looked at without its style sheet. */
const fallbacks: Readonly<Record<Level, string>> = {
  1: "#b98d00",
  2: "#b4653c",
  3: "#ab2d07",
  4: "#833f51",
  5: "#5d3575",
  6: "#2226a9",
  7: "#012d43",
};

/** A level's hue, for marks. */
export function levelColour(level: Level): string {
  return `var(--level-${level}, ${fallbacks[level]})`;
}

/** A level's hue as text may have it: 4.5:1 against the page. */
export function levelInk(level: Level): string {
  return `var(--level-${level}-ink, ${fallbacks[level]})`;
}
