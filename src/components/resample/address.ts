import * as v from "valibot";
import type { BlockKind } from "../../architecture/model/model.js";

/** What of the page's state stands in its address. */
export interface ResampleAddress {
  /** The chosen connection's blocks. */
  readonly from: number;
  readonly to: number;
  readonly alpha: number;
  /** Block types that differ from the network's own. */
  readonly parent: BlockKind | null;
  readonly target: BlockKind | null;
}

/** What α can be set to. */
export const alphas = { from: 0.25, to: 1, step: 0.25 } as const;

const usual: ResampleAddress = { from: 5, to: 15, alpha: 0.5, parent: null, target: null };

const kindSchema = v.picklist(["bottleneck", "residual"]);

export interface ReadResampleAddress {
  readonly address: ResampleAddress;
  /** For each value that means nothing, what would be right and what is taken in its place. */
  readonly problems: readonly string[];
}

/**
 * Reads the state from an address's query.
 *
 * @param connections of the network on the page, as "5-15"
 */
export function readResampleAddress(query: string, connections: readonly string[]): ReadResampleAddress {
  const parameters = new URLSearchParams(query);
  const problems: string[] = [];
  const read = <Value>(
    name: string,
    schema: v.GenericSchema<unknown, Value>,
    rule: string,
    fallback: Value,
  ) => {
    const text = parameters.get(name);
    if (text === null) return fallback;
    const result = v.safeParse(schema, text);
    if (result.success) return result.output;
    problems.push(`The page's address says ${name}=${text}; it should be ${rule}.`);
    return fallback;
  };
  const edge = read(
    "edge",
    v.picklist(connections),
    `a connection of the network, such as ${usual.from}-${usual.to}, which is taken`,
    `${usual.from}-${usual.to}`,
  );
  const [from = usual.from, to = usual.to] = edge.split("-").map(Number);
  const alpha = read(
    "alpha",
    v.pipe(v.picklist(["0.25", "0.5", "0.75", "1"]), v.transform(Number)),
    `0.25, 0.5, 0.75 or 1; ${usual.alpha} is taken`,
    usual.alpha,
  );
  const kind = (name: "parent" | "target"): BlockKind | null =>
    read<BlockKind | null>(name, kindSchema, "bottleneck or residual; the network's own is taken", null);
  return { address: { from, to, alpha, parent: kind("parent"), target: kind("target") }, problems };
}

/** The query that says a state, with what is usual left out; other parameters stay as they are. */
export function writeResampleAddress(query: string, address: ResampleAddress): string {
  const parameters = new URLSearchParams(query);
  const put = (name: string, value: string | null): void => {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  };
  const { from, to, alpha, parent, target } = address;
  put("edge", from === usual.from && to === usual.to ? null : `${from}-${to}`);
  put("alpha", alpha === usual.alpha ? null : String(alpha));
  put("parent", parent);
  put("target", target);
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
