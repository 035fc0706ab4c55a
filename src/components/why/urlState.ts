import { wholeNumber } from "../page/state/parameter.js";
import { type QueryCodec, queryCodec } from "../page/state/query.js";

interface WhyState {
  /** The position along the networks' depth that is shown. */
  readonly place: number;
}

interface WhyPlaces {
  readonly usual: number;
  readonly last: number;
}

export function whyAddress({ usual, last }: WhyPlaces): QueryCodec<WhyState> {
  const range = { from: 0, to: last };
  const message = `; it should be a whole number from 0 to ${last}. Stage ${usual} is shown.`;
  return queryCodec<WhyState>({ place: usual }, { place: wholeNumber("step", range, message) });
}
