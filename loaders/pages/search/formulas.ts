import { setFormula } from "../../site/setFormula.js";

/** How many ways each choice of the search leaves, of N blocks to permute; TeX (paper, section 3.1 and 5.1). */
const counts = {
  orders: "(N-5)!\\,5!",
  parents: "\\prod_{i=2}^{N+1}\\tbinom{i}{2}",
  levels: "4^{N-5}",
  kinds: "2^{N}",
  parentsSearched: "\\prod_{i=2}^{N-4}\\tbinom{\\min(i,5)}{2}\\prod_{i=N-3}^{N+1}\\tbinom{i}{2}",
} as const;

/** The formulas of the search space, set: HTML by the count's name. */
export function searchFormulas(): Readonly<Record<keyof typeof counts, string>> {
  return {
    orders: setFormula(counts.orders),
    parents: setFormula(counts.parents),
    levels: setFormula(counts.levels),
    kinds: setFormula(counts.kinds),
    parentsSearched: setFormula(counts.parentsSearched),
  };
}
