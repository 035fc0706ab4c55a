import { create } from "d3";
import { verdictSigns } from "./words.js";

const entries = [
  ["object found", "A", "to be found, and found"],
  ["object missed", "A", "missed"],
  ["object crowd", "A", "crowd"],
  ["object ignored", "A", "ignored object"],
  ["detection right", `1${verdictSigns.right}`, "right detection"],
  ["detection wrong", `2${verdictSigns.wrong}`, "wrong"],
  ["detection ignored", `3${verdictSigns.ignored}`, "neither"],
  ["detection uncounted", verdictSigns.uncounted, "beyond the limit"],
] as const;

/** How the example's boxes look, and what it means. */
export function boxLegend(): HTMLElement {
  const list = create<HTMLElement>("ul").attr("class", "example-legend").attr("aria-label", "Legend");
  const items = list.selectAll("li").data(entries).join("li");
  items
    .append("span")
    .attr("class", ([look]) => `legend-swatch ${look}`)
    .attr("aria-hidden", "true")
    .text(([, tag]) => tag);
  items.append("span").text(([, , words]) => words);
  return list.node()!;
}
