import { connectionPlaces, possibleParents, readInstead } from "../../architecture/edit/changeConnection.js";
import { isRefused } from "../../architecture/edit/edit.js";
import type { ConnectionInHand, Hand, HeldConnection } from "./hand.js";
import { afterEdit, type PermutedNetwork } from "./network.js";

const ordinals = ["First", "Second"] as const;

const ways = {
  keys: "Arrow keys go through the blocks it may read, C takes the other connection, Enter sets it, Delete takes it away, Escape leaves it.",
  pointer: "Lead it to the block to read: those with a ring are possible.",
  tap: "Tap the block to read: those with a ring are possible. Tap the handle again to leave it.",
} as const;

/** What a connection is called: "First connection of block 5, from block 3". */
function connectionName(id: number, place: number, parent: number | undefined): string {
  return `${ordinals[place]} connection of block ${id}, ${parent === undefined ? "still free" : `from block ${parent}`}`;
}

/**
 * Takes a connection in hand.
 *
 * @returns why it cannot be taken, or the hand and what to say
 */
export function takeConnection(
  network: PermutedNetwork,
  id: number,
  place: number,
  by: Hand["by"],
): { hand: Hand | null; said: string } {
  const { model, description, keys } = network;
  const places = connectionPlaces(model, id);
  if (place >= places) {
    const said =
      id === 0
        ? "Block 0 reads the stem’s convolution and no block."
        : `Block ${id} reads the block before it, as all of ${description.family === "resnet" ? "a chain" : "the stem"} do, and nothing else.`;
    return { hand: null, said };
  }
  const parent = description.blocks[id]!.parents[place];
  const connection = {
    place,
    possible: possibleParents(model, id, place),
    candidate: parent ?? null,
    said: "",
  };
  return {
    hand: { key: keys[id]!, by, network, free: true, connection },
    said: `${connectionName(id, place, parent)}. ${ways[by]}`,
  };
}

/** Leads the end of a connection in hand to a block, or to none. What comes of it, or why it may not read that, is said. */
export function leadConnection(
  { hand, connection }: { readonly hand: Hand; readonly connection: ConnectionInHand },
  before: PermutedNetwork,
  to: number | null,
): string {
  const { by, key } = hand;
  const id = before.keys.indexOf(key);
  connection.candidate = to;
  connection.said = "";
  hand.network = before;
  hand.free = true;
  if (to === null) {
    return `${connectionName(id, connection.place, before.description.blocks[id]!.parents[connection.place])}. ${ways[by]}`;
  }
  const result = readInstead(before.model, id, connection.place, to);
  if (isRefused(result)) {
    hand.free = false;
    return result.refused;
  }
  if (result.said === "") return `Block ${to} is what it reads by this connection now.`;
  connection.said = result.said;
  hand.network = afterEdit(before, result);
  return by === "keys" ? `${result.said} Enter sets it.` : result.said;
}

/**
 * The block that keys come to next: the first or last that may be read, or by a step one before the reader or the reader
 * itself, which says why there the way ends.
 */
export function nextCandidate(
  { candidate, id, possible }: Pick<HeldConnection, "candidate" | "id" | "possible">,
  by: 1 | -1 | "first" | "last",
): number {
  if (by === "first") return Math.min(...possible);
  if (by === "last") return Math.max(...possible);
  if (candidate === null) return by > 0 ? 0 : id - 1;
  return Math.min(id, Math.max(0, candidate + by));
}
