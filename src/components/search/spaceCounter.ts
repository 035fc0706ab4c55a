import { html } from "htl";
import { type SearchSpace, searchSpaceOf } from "../../architecture/search/searchSpace.js";
import type { SearchFormulas } from "../../pageData/search.js";
import { longCount, powerOfTen, shortCount } from "./bigCount.js";
import { blockCounts } from "./urlState.js";
import { type Yardsticks, yardstickSentences } from "./yardsticks.js";

interface SearchSpaceCounterOptions extends Yardsticks {
  /** N, the permuted blocks. */
  readonly blocks: number;
  /** How each count follows from N, as HTML. */
  readonly formulas: SearchFormulas;
  readonly changed?: (blocks: number) => void;
}

interface Factor {
  readonly name: string;
  /** The formula's name or, for a product, its factors. */
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

/** The size of the search space, recounted as the reader changes the number of blocks. */
export function searchSpaceCounter({
  blocks,
  formulas,
  changed,
  ...yardsticks
}: SearchSpaceCounterOptions): HTMLElement {
  const shown = html`<b></b>`;
  const slider = html<HTMLInputElement>`<input type="range" min=${blockCounts.from} max=${blockCounts.to} step="1">`;
  slider.value = String(blocks);
  const places = factors.map(() => ({
    about: html`<dd class="about"></dd>`,
    exact: html`<dd class="exact"></dd>`,
  }));
  const entries = factors.map(({ name, derivation }, index) => {
    const isProduct = "productOf" in derivation;
    const how = html`<dd class="derivation"></dd>`;
    if (isProduct) how.textContent = derivation.productOf;
    else how.innerHTML = formulas[derivation.formula];
    const { about, exact } = places[index]!;
    return html`<div class=${isProduct ? "product" : null}><dt>${name}</dt>${how}${about}${exact}</div>`;
  });
  const sentences = html`<ul class="yardsticks"></ul>`;

  const show = (blocks: number): void => {
    const space = searchSpaceOf(blocks);
    shown.textContent = String(blocks);
    factors.forEach(({ count }, index) => {
      const { about, exact } = places[index]!;
      const number = count(space);
      about.replaceChildren(...(number < 1_000_000n ? [] : [shortCount(number)]));
      exact.replaceChildren(longCount(number));
    });
    const [factor, exponent] = powerOfTen(space.totalSearched);
    slider.setAttribute("aria-valuetext", `${blocks} blocks, ${factor} times 10 to the ${exponent} networks`);
    sentences.replaceChildren(
      ...yardstickSentences(space.totalSearched, yardsticks).map((parts) => html`<li>${parts}</li>`),
    );
  };
  slider.addEventListener("input", () => {
    const blocks = Number(slider.value);
    show(blocks);
    changed?.(blocks);
  });
  show(blocks);
  return html`<figure class="search-space">
    <label class="search-space-blocks"><span>Blocks to permute, N </span>${shown}${slider}</label>
    <dl>${entries}</dl>
    ${sentences}
  </figure>`;
}
