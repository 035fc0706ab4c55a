import { html } from "htl";
import type { PermuteSession } from "../session/session.js";

interface StatusLine {
  readonly node: HTMLElement;
  /** @param otherwise what to show when there is no message */
  show(otherwise: string): void;
}

/**
 * What was done, or why it was not, with a button for what would make it possible. Always two lines high.
 *
 * @param offerTaken called after the button, which is gone by then, was pressed
 */
export function statusLine(session: PermuteSession, offerTaken: () => void): StatusLine {
  const take = (): void => {
    session.takeOffer();
    offerTaken();
  };
  const text = html`<p role="status"></p>`;
  const button = html`<button type="button" ${{ onclick: take }}></button>`;
  const node = html`<div class="status-line">${text}${button}</div>`;
  return {
    node,
    show(otherwise) {
      const { text: said, refused, problem = false, offer } = session.message;
      node.classList.toggle("refused", refused);
      node.classList.toggle("problem", problem);
      const words = said === "" ? otherwise : said;
      // Screen readers would repeat what is set again.
      if (text.textContent !== words) text.textContent = words;
      button.textContent = offer?.words ?? "";
      button.hidden = offer === undefined;
    },
  };
}
