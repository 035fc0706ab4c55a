import * as v from "valibot";

/** What of the page's state stands in its address. */
export interface SearchAddress {
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

const usual: SearchAddress = { blocks: 15, seed: 1, number: 1 };

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A whole number within a range, or null. */
export function wholeNumber(text: string, { from, to }: Range): number | null {
  const schema = v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.minValue(from), v.maxValue(to));
  const result = v.safeParse(schema, text);
  return result.success ? result.output : null;
}

const names = { blocks: "n", seed: "seed", number: "sample" } as const;
const ranges: Readonly<Record<keyof SearchAddress, Range>> = {
  blocks: blockCounts,
  seed: seeds,
  number: numbers,
};

export interface ReadSearchAddress {
  readonly address: SearchAddress;
  /** For each value that means nothing, what would be right and what is taken in its place. */
  readonly problems: readonly string[];
}

/** Reads the state from an address's query. */
export function readSearchAddress(query: string): ReadSearchAddress {
  const parameters = new URLSearchParams(query);
  const problems: string[] = [];
  const read = (key: keyof SearchAddress): number => {
    const text = parameters.get(names[key]);
    if (text === null) return usual[key];
    const value = wholeNumber(text, ranges[key]);
    if (value !== null) return value;
    const { from, to } = ranges[key];
    problems.push(
      `The page's address says ${names[key]}=${text}; it should be a whole number from ${from} to ${to}. ` +
        `${usual[key]} is taken.`,
    );
    return usual[key];
  };
  return { address: { blocks: read("blocks"), seed: read("seed"), number: read("number") }, problems };
}

/** The query that says a state, with what is usual left out; other parameters stay as they are. */
export function writeSearchAddress(query: string, address: SearchAddress): string {
  const parameters = new URLSearchParams(query);
  for (const key of ["blocks", "seed", "number"] as const) {
    if (address[key] === usual[key]) parameters.delete(names[key]);
    else parameters.set(names[key], String(address[key]));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
