import { create } from "d3";
import type { Model } from "../../architecture/model/model.js";
import { type SearchRule, searchRules } from "../../architecture/search/rules.js";

export interface RuleList {
  readonly node: HTMLElement;
  show(model: Model): void;
}

/** The rules of the paper's search, and which of them a network keeps. */
export function ruleList(): RuleList {
  const box = create<HTMLElement>("section")
    .attr("class", "rule-list")
    .attr("aria-label", "Rules of the paper's search");
  box.append("h2").text("Would the search have proposed it?");
  const list = box.append("ul");
  const note = box.append("p").attr("class", "rule-note");
  return {
    node: box.node()!,
    show(model) {
      const rules = searchRules(model);
      list
        .selectAll<HTMLLIElement, SearchRule>("li")
        .data(rules)
        .join((enter) => {
          const item = enter.append("li");
          for (const name of ["sign", "rule", "source", "complaint"]) item.append("span").attr("class", name);
          return item;
        })
        .classed("broken", ({ complaint }) => complaint !== "")
        .each(function ({ rule, source, complaint }) {
          const [sign, text, from, wrong] = this.children;
          sign!.textContent = complaint === "" ? "✓" : "✗";
          sign!.setAttribute("role", "img");
          sign!.setAttribute("aria-label", complaint === "" ? "kept: " : "broken: ");
          text!.textContent = `${rule} `;
          from!.textContent = `(${source}) `;
          wrong!.textContent = complaint;
        });
      note.text(
        rules.length === 0
          ? "This is a chain: each block reads the one before, and scale only goes down. The search permutes such blocks."
          : rules.every(({ complaint }) => complaint === "")
            ? "Yes: it lies in the space that the paper searched."
            : "No. It computes all the same, but it lies outside the space that the paper searched.",
      );
    },
  };
}
