import { create, group } from "d3";
import type { SetupItem } from "../../pageData/search.js";

/** What a search was made of, part by part; what was never published is said to be so. */
export function searchSetup(items: readonly Omit<SetupItem, "value">[]): HTMLElement {
  const setup = create<HTMLElement>("div").attr("class", "search-setup wide");
  for (const [part, own] of group(items, (item) => item.part)) {
    const section = setup.append("section");
    section.append("h3").text(part);
    const list = section.append("dl");
    for (const { item, given, source } of own) {
      const entry = list.append("div");
      entry.append("dt").text(item);
      if (given === null) entry.append("dd").attr("class", "unpublished").text("not published");
      else {
        const words = entry.append("dd").text(given);
        words.append("small").text(` ${source.replace(/^.*, /, "")}`);
      }
    }
  }
  return setup.node()!;
}
