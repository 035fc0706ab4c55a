import { create } from "d3-selection";
import type { Headline } from "../../pageData/overview.js";

/**
 * A few numbers in large type, each with its meaning and its source, and linked to its table.
 *
 * @param results The address of the results; empty on that page itself.
 */
export function headlines(numbers: readonly Headline[], results = ""): HTMLUListElement {
  const list = create("ul").attr("class", "results-headlines wide");
  for (const [index, { value, label, source, section }] of numbers.entries()) {
    const item = list.append("li");
    const id = `headline-source-${index + 1}`;
    item
      .append("strong")
      .append("a")
      .attr("href", `${results}#${section}`)
      .attr("aria-describedby", id)
      .text(value);
    item.append("span").text(label);
    item.append("small").attr("class", "results-sources").attr("id", id).text(source);
  }
  return list.node()!;
}
