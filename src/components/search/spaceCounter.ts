import { create } from "d3";
import { type SearchSpace, searchSpaceOf } from "../../architecture/search/space.js";
import type { SearchFormulas } from "../../pageData/search.js";
import { blockCounts } from "./address.js";
import { longCount, powerOfTen, shortCount } from "./bigCount.js";
import { graspable, type Yardsticks } from "./yardsticks.js";

export interface SearchSpaceCounterOptions extends Yardsticks {
  /** N, the permuted blocks. */
  readonly blocks: number;
  /** How each count follows from N, as HTML. */
  readonly formulas: SearchFormulas;
  readonly changed?: (blocks: number) => void;
}

interface Factor {
  readonly name: string;
  /** The formula's name; or, for a product, what is multiplied. */
  readonly derivation: { readonly formula: keyof SearchFormulas } | { readonly productOf: string };
  readonly count: (space: SearchSpace) => bigint;
}

const factors: readonly Factor[] = [
  { name: "orders of scales", derivation: { formula: "orders" }, count: ({ orders }) => orders },
  {
    name: "pairs of parents",
    derivation: { formula: "parents" },
    count: ({ parents }) => parents,
  },
  { name: "levels", derivation: { formula: "levels" }, count: ({ levels }) => levels },
  { name: "block types", derivation: { formula: "kinds" }, count: ({ kinds }) => kinds },
  { name: "networks", derivation: { productOf: "these four, multiplied" }, count: ({ total }) => total },
  {
    name: "pairs, as searched",
    derivation: { formula: "parentsSearched" },
    count: ({ parentsSearched }) => parentsSearched,
  },
  {
    name: "networks, as searched",
    derivation: { productOf: "the same with these pairs" },
    count: ({ totalSearched }) => totalSearched,
  },
];

/** How many networks there are to choose from, counted as the reader changes the number of blocks. */
export function searchSpaceCounter({
  blocks,
  formulas,
  changed,
  ...yardsticks
}: SearchSpaceCounterOptions): HTMLElement {
  const figure = create<HTMLElement>("figure").attr("class", "search-space");
  const label = figure.append("label").attr("class", "search-space-blocks");
  label.append("span").text("Blocks to permute, N ");
  const shown = label.append("b");
  const slider = label
    .append("input")
    .attr("type", "range")
    .attr("min", blockCounts.from)
    .attr("max", blockCounts.to)
    .attr("step", 1)
    .property("value", blocks);

  const list = figure.append("dl");
  const places = factors.map(({ name, derivation }) => {
    const product = "productOf" in derivation;
    const entry = list.append("div").attr("class", product ? "product" : null);
    entry.append("dt").text(name);
    const how = entry.append("dd").attr("class", "derivation");
    if (product) how.text(derivation.productOf);
    else how.html(formulas[derivation.formula]);
    return {
      about: entry.append("dd").attr("class", "about").node()!,
      exact: entry.append("dd").attr("class", "exact").node()!,
    };
  });
  const sentences = figure.append("ul").attr("class", "graspable").node()!;

  const show = (blocks: number): void => {
    const space = searchSpaceOf(blocks);
    shown.text(blocks);
    factors.forEach(({ count }, index) => {
      const { about, exact } = places[index]!;
      const number = count(space);
      about.replaceChildren(...(number < 1_000_000n ? [] : [shortCount(number)]));
      exact.replaceChildren(longCount(number));
    });
    const [factor, exponent] = powerOfTen(space.totalSearched);
    slider.attr("aria-valuetext", `${blocks} blocks, ${factor} times 10 to the ${exponent} networks`);
    sentences.replaceChildren(
      ...graspable(space.totalSearched, yardsticks).map((parts) => {
        const item = document.createElement("li");
        item.append(...parts);
        return item;
      }),
    );
  };
  slider.on("input", () => {
    const blocks = Number(slider.property("value"));
    show(blocks);
    changed?.(blocks);
  });
  show(blocks);
  return figure.node()!;
}
