import { group } from "d3";
import { html } from "htl";
import type { SetupItem } from "../../pageData/search.js";

type PublishedItem = Omit<SetupItem, "value">;

/** What a search was made of, part by part, including what was not published. */
export function searchSetup(items: readonly PublishedItem[]): HTMLElement {
  return html`<div class="search-setup wide">${Array.from(
    group(items, ({ part }) => part),
    ([part, own]) => html`<section><h3>${part}</h3><dl>${own.map(entryOf)}</dl></section>`,
  )}</div>`;
}

function entryOf({ item, given, source }: PublishedItem): HTMLElement {
  const value =
    given === null
      ? html`<dd class="unpublished">not published</dd>`
      : html`<dd>${given}<small> ${source.replace(/^.*, /, "")}</small></dd>`;
  return html`<div><dt>${item}</dt>${value}</div>`;
}
