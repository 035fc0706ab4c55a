import { create } from "d3";

export interface HeadlineNumber {
  readonly value: string;
  readonly label: string;
  readonly source: string;
}

/** A few numbers in large type, each with what it says and where it stands. */
export function headlines(numbers: readonly HeadlineNumber[]): HTMLUListElement {
  const list = create("ul").attr("class", "results-headlines wide");
  for (const { value, label, source } of numbers) {
    const item = list.append("li");
    item.append("strong").text(value);
    item.append("span").text(label);
    item.append("small").attr("class", "results-sources").text(source);
  }
  return list.node()!;
}
