import { create } from "d3-selection";
import { sourceAddress } from "./sourceLink.js";

export interface HeadlineNumber {
  readonly value: string;
  readonly label: string;
  readonly source: string;
}

/** A few numbers in large type, each with what it says and where it stands; the number leads there. */
export function headlines(numbers: readonly HeadlineNumber[]): HTMLUListElement {
  const list = create("ul").attr("class", "results-headlines wide");
  for (const [index, { value, label, source }] of numbers.entries()) {
    const item = list.append("li");
    const id = `headline-source-${index + 1}`;
    const address = sourceAddress(source);
    const number = item.append("strong");
    if (address === undefined) number.text(value);
    else number.append("a").attr("href", address).attr("aria-describedby", id).text(value);
    item.append("span").text(label);
    item.append("small").attr("class", "results-sources").attr("id", id).text(source);
  }
  return list.node()!;
}
