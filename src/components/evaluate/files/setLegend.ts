import { create } from "d3";
import { setColours } from "../../charts/palette.js";

/** Which bars are whose: the first set's are filled, the second's hollow. */
export function setKey(names: readonly string[]): HTMLElement {
  const key = create("p").attr("class", "set-key small");
  names.forEach((name, set) => {
    const entry = key.append("span").attr("class", "set-key-entry");
    entry
      .append("svg")
      .attr("width", 22)
      .attr("height", 10)
      .attr("aria-hidden", "true")
      .append("rect")
      .attr("x", 0.75)
      .attr("y", 0.75)
      .attr("width", 20.5)
      .attr("height", 8.5)
      .attr("fill", set > 0 ? "none" : setColours[0])
      .attr("stroke", setColours[set % setColours.length]!)
      .attr("stroke-width", 1.5);
    entry.append("span").text(name);
  });
  return key.node()!;
}
