import { create } from "d3";
import type { Message } from "./change.js";

export interface StatusLine {
  readonly node: HTMLElement;
  /** @param otherwise what stands there while there is nothing to tell */
  show(message: Message, otherwise: string): void;
}

/** What was done, or why it was not, with a button for what would make it possible. As high as two lines always. */
export function statusLine(takeOffer: () => void): StatusLine {
  const box = create<HTMLElement>("div").attr("class", "status-line");
  const text = box.append("p").attr("role", "status");
  const button = box.append("button").attr("type", "button").on("click", takeOffer);
  return {
    node: box.node()!,
    show({ text: said, refused, problem = false, offer }, otherwise) {
      box.classed("refused", refused).classed("problem", problem);
      const words = said === "" ? otherwise : said;
      if (text.text() !== words) text.text(words);
      button.text(offer?.words ?? "").attr("hidden", offer ? null : "");
    },
  };
}
