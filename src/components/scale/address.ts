import { type CostMeasure, costMeasures } from "../../architecture/costs/shares.js";

/** What of the page's state stands in its address. */
export interface ScaleAddress {
  /** As the address gives it; whoever offers the choice says if there is no such network. */
  readonly model: string | null;
  readonly by: CostMeasure;
  /** The id of the open node; null for the whole network. */
  readonly open: string | null;
}

const usual = "multiplyAdds" satisfies CostMeasure;

const written: Readonly<Record<CostMeasure, string>> = {
  multiplyAdds: "multiply-adds",
  parameters: "parameters",
};

export interface ReadScaleAddress {
  readonly address: ScaleAddress;
  /** For each value that means nothing, what would be right and what is taken in its place. */
  readonly problems: readonly string[];
}

/** Reads the state from an address's query. */
export function readScaleAddress(query: string): ReadScaleAddress {
  const parameters = new URLSearchParams(query);
  const text = parameters.get("by");
  const known = costMeasures.find((measure) => written[measure] === text);
  const problems =
    text === null || known
      ? []
      : [
          `The page's address says by=${text}; it should be ${costMeasures.map((one) => written[one]).join(" or ")}. ` +
            `${written[usual]} is taken.`,
        ];
  return {
    address: { model: parameters.get("model"), by: known ?? usual, open: parameters.get("open") },
    problems,
  };
}

/** The query that says a state, with what is usual left out; other parameters stay as they are. */
export function writeScaleAddress(query: string, { model, by, open }: ScaleAddress): string {
  const parameters = new URLSearchParams(query);
  const values = { model, by: by === usual ? null : written[by], open };
  for (const [name, value] of Object.entries(values)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
