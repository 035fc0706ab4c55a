import { html } from "htl";
import type { Model } from "../../../architecture/model/model.js";
import { type SearchRule, searchRules } from "../../../architecture/search/searchRules.js";

interface RuleList {
  readonly node: HTMLElement;
  show(model: Model): void;
}

/** The rules of the paper's search, and which of them a network keeps. */
export function ruleList(): RuleList {
  const list = html`<ul></ul>`;
  const note = html`<p class="rule-note"></p>`;
  return {
    node: html`<section class="rule-list" aria-label="Rules of the paper's search">
      <h2>Would the search have proposed it?</h2>
      ${list}${note}
    </section>`,
    show(model) {
      const rules = searchRules(model);
      list.replaceChildren(...rules.map(ruleItem));
      note.textContent =
        rules.length === 0
          ? "This is a chain: each block reads the one before, and scale only decreases. The search permutes such blocks."
          : rules.every(({ complaint }) => complaint === "")
            ? "Yes: it is in the search space of the paper."
            : "No. It would run, but it is outside the search space of the paper.";
    },
  };
}

function ruleItem({ rule, source, complaint }: SearchRule): HTMLElement {
  const isKept = complaint === "";
  return html`<li class=${isKept ? null : "broken"}><span class="sign" role="img" aria-label=${isKept ? "kept: " : "broken: "}>${isKept ? "✓" : "✗"}</span><span class="rule">${rule} </span><span class="source">(${source}) </span><span class="complaint">${complaint}</span></li>`;
}
