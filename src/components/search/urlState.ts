import { wholeNumber } from "../page/state/parameter.js";
import { queryCodec } from "../page/state/query.js";

/** The part of the page's state that is in its address. */
export interface SearchState {
  /** N of the counted space. */
  readonly blocks: number;
  readonly seed: number;
  /** Which of the seed's samples, from 1. */
  readonly number: number;
}

/** SpineNet-49 has 15 blocks; five are outputs, so below six nothing is left to adjust. */
export const blockCounts = { from: 6, to: 24 } as const;
/** Seeds are the whole numbers of 32 bits. */
export const seeds = { from: 0, to: 4_294_967_295 } as const;
export const numbers = { from: 1, to: 1_000_000 } as const;

export const searchAddress = queryCodec<SearchState>(
  { blocks: 15, seed: 1, number: 1 },
  {
    blocks: wholeNumber("n", blockCounts),
    seed: wholeNumber("seed", seeds),
    number: wholeNumber("sample", numbers),
  },
);
