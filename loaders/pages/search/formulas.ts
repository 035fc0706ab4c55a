import type { SearchFormulas } from "../../../src/pageData/search.js";
import { setFormula } from "../../site/markdown/setFormula.js";

/** How many ways each choice of the search leaves, of N blocks to permute: formulas, set as HTML (sections 3.1, 5.1). */
export const searchFormulas = (): SearchFormulas => ({
  orders: setFormula("(N-5)!\\,5!"),
  parents: setFormula("\\prod_{i=2}^{N+1}\\tbinom{i}{2}"),
  levels: setFormula("4^{N-5}"),
  kinds: setFormula("2^{N}"),
  parentsSearched: setFormula("\\prod_{i=2}^{N-4}\\tbinom{\\min(i,5)}{2}\\prod_{i=N-3}^{N+1}\\tbinom{i}{2}"),
});
