export interface ReadWhyAddress {
  /** The step along depth that is looked at. */
  readonly place: number;
  /** For a value that means nothing, what would be right and what is taken in its place. */
  readonly problems: readonly string[];
}

export interface WhyPlaces {
  /** Where the untouched page stands. */
  readonly usual: number;
  readonly last: number;
}

/** Reads the step from an address's query. */
export function readWhyAddress(query: string, { usual, last }: WhyPlaces): ReadWhyAddress {
  const text = new URLSearchParams(query).get("step");
  if (text === null) return { place: usual, problems: [] };
  if (/^\d{1,3}$/.test(text) && Number(text) <= last) return { place: Number(text), problems: [] };
  return {
    place: usual,
    problems: [
      `The page's address says step=${text}; it should be a whole number from 0 to ${last}. Step ${usual} is shown.`,
    ],
  };
}

/** The query that says a step, with the usual one left out; other parameters stay as they are. */
export function writeWhyAddress(query: string, place: number, { usual }: WhyPlaces): string {
  const parameters = new URLSearchParams(query);
  if (place === usual) parameters.delete("step");
  else parameters.set("step", String(place));
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
