import type { Description } from "../costs/description.js";
import type { Level } from "../model/level.js";
import type { BlockKind } from "../model/model.js";
import { matchBlocks } from "./blockMatching.js";

/** How a block differs from its partner in another network. Absent fields do not differ. */
export interface BlockDifference {
  readonly id: number;
  /** Its partner's number; null for a block that the other network does not have. */
  readonly other: number | null;
  /** The partner's. */
  readonly level?: Level;
  readonly kind?: BlockKind;
  readonly output?: Level | null;
  /** Its place among the blocks that both have differs, beyond being shifted by other blocks. */
  readonly moved: boolean;
  /** What the partner reads, in the other network's numbers. */
  readonly parents?: readonly number[];
}

/** A connection, by numbers of the network that has it. */
export interface DifferentConnection {
  readonly from: number;
  readonly to: number;
}

/** What one network has and another has not. */
export interface Difference {
  /** Name of the other network. */
  readonly than: string;
  /** Blocks that differ, in this network's order. */
  readonly blocks: readonly BlockDifference[];
  /** Blocks that only the other network has, by its numbers. */
  readonly missing: readonly number[];
  /** Connections that only this network has, by its numbers. */
  readonly added: readonly DifferentConnection[];
  /** Connections that only the other network has, by its numbers. */
  readonly removed: readonly DifferentConnection[];
  /** For each block of this network, its partner in the other one. */
  readonly partners: readonly (number | null)[];
}

/** Compares two networks, their blocks paired as {@link matchBlocks} does. */
export function differenceOf(one: Description, other: Description): Difference {
  const partners = matchBlocks(other.blocks, one.blocks);
  const ownOf = new Map(
    partners.flatMap((partner, id) => (partner === null ? [] : [[partner, id] as const])),
  );
  const still = longestRising(partners.filter((partner) => partner !== null));
  const blocks = one.blocks.flatMap((block): BlockDifference[] => {
    const partner = partners[block.id]!;
    if (partner === null) return [{ id: block.id, other: null, moved: false }];
    const twin = other.blocks[partner]!;
    const moved = !still.has(partner);
    const inOwnNumbers = twin.parents.map((parent) => ownOf.get(parent) ?? -1);
    const sameParents =
      inOwnNumbers.length === block.parents.length &&
      inOwnNumbers.every((parent) => block.parents.includes(parent));
    const difference = {
      id: block.id,
      other: partner,
      ...(twin.level === block.level ? {} : { level: twin.level }),
      ...(twin.kind === block.kind ? {} : { kind: twin.kind }),
      ...(Boolean(twin.output) === Boolean(block.output) ? {} : { output: twin.output ?? null }),
      ...(sameParents ? {} : { parents: twin.parents }),
      moved,
    };
    return moved || Object.keys(difference).length > 3 ? [difference] : [];
  });
  const named = (from: number | undefined, to: number | undefined): string => `${from}→${to}`;
  const own = new Set(one.connections.map(({ from, to }) => named(from, to)));
  const theirs = new Set(other.connections.map(({ from, to }) => named(ownOf.get(from), ownOf.get(to))));
  const plain = ({ from, to }: DifferentConnection): DifferentConnection => ({ from, to });
  return {
    than: other.model,
    blocks,
    missing: other.blocks.flatMap(({ id }) => (ownOf.has(id) ? [] : [id])),
    added: one.connections.filter(({ from, to }) => !theirs.has(named(from, to))).map(plain),
    removed: other.connections
      .filter(({ from, to }) => !own.has(named(ownOf.get(from), ownOf.get(to))))
      .map(plain),
    partners,
  };
}

/** The most numbers of a list that rise from first to last. */
function longestRising(numbers: readonly number[]): Set<number> {
  const best: number[][] = [];
  for (const [index, number] of numbers.entries()) {
    let longest: readonly number[] = [];
    for (let earlier = 0; earlier < index; earlier++) {
      const chain = best[earlier]!;
      if (chain.at(-1)! < number && chain.length > longest.length) longest = chain;
    }
    best.push([...longest, number]);
  }
  return new Set(best.reduce((longest, chain) => (chain.length > longest.length ? chain : longest), []));
}
