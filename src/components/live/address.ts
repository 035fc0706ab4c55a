import * as v from "valibot";

const backends = ["auto", "webgpu", "webgl", "wasm"] as const;

/** What of the page's state stands in its address. */
export interface LiveAddress {
  /** Ids; null where the address names none. */
  readonly model: string | null;
  readonly sample: string | null;
  /** Objects from this score on are shown. */
  readonly score: number;
  readonly backend: (typeof backends)[number];
}

/** Raw detections are kept down to the first; the last would leave none. */
export const scoreRange = { from: 0.05, to: 0.95, step: 0.01 } as const;
const usualScore = 0.4;

const backendSchema = v.pipe(v.string(), v.picklist(backends));
const scoreSchema = v.pipe(
  v.string(),
  v.regex(/^\d*\.?\d+$/),
  v.transform(Number),
  v.minValue(scoreRange.from),
  v.maxValue(scoreRange.to),
);

export interface ReadAddress {
  readonly address: LiveAddress;
  /** For each value that means nothing, what would be right and what is taken in its place. */
  readonly problems: readonly string[];
}

/** Reads the state from an address's query. */
export function readLiveAddress(query: string): ReadAddress {
  const parameters = new URLSearchParams(query);
  const problems: string[] = [];
  const read = <Output>(
    name: string,
    schema: v.GenericSchema<string, Output>,
    usual: Output,
    right: string,
    instead: string,
  ): Output => {
    const text = parameters.get(name);
    if (text === null) return usual;
    const result = v.safeParse(schema, text);
    if (result.success) return result.output;
    problems.push(`The page's address says ${name}=${text}; it should be ${right}. ${instead}`);
    return usual;
  };
  const range = `a number from ${scoreRange.from} to ${scoreRange.to}`;
  return {
    address: {
      model: parameters.get("model"),
      sample: parameters.get("sample"),
      score: read("score", scoreSchema, usualScore, range, `${usualScore} is taken.`),
      backend: read("backend", backendSchema, "auto", "webgpu, webgl or wasm", "The page chooses by itself."),
    },
    problems,
  };
}

/** The query that says a state, with what is usual left out; other parameters stay as they are. */
export function writeLiveAddress(query: string, address: LiveAddress): string {
  const parameters = new URLSearchParams(query);
  const write = (name: string, value: string | null) => {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  };
  write("model", address.model);
  write("sample", address.sample);
  write("score", address.score === usualScore ? null : String(address.score));
  write("backend", address.backend === "auto" ? null : address.backend);
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
