import {
  connectionPlaces,
  possibleParents,
  readInstead,
} from "../../../architecture/edit/changeConnection.js";
import { isRefused } from "../../../architecture/edit/draft.js";
import type { ConnectionInHand, Hand, HeldConnection } from "./hand.js";
import { afterEdit, type PermutedNetwork } from "./network.js";

const ordinals = ["First", "Second"] as const;

const hints = {
  keys: "Arrow keys point it at the blocks it may read, C takes the other connection, Enter connects it, Delete removes it, Escape leaves it as it was.",
  pointer: "Drag it to the block it should read: those with a ring are possible.",
  tap: "Tap the block it should read: those with a ring are possible. Tap the handle again to leave it as it was.",
} as const;

/** The name of a connection: "First connection of block 5, from block 3". */
function connectionName(id: number, place: number, parent: number | undefined): string {
  return `${ordinals[place]} connection of block ${id}, ${parent === undefined ? "not used yet" : `from block ${parent}`}`;
}

/**
 * Takes a connection in hand.
 *
 * @returns the hand, null if the connection cannot be taken, and what to say
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
        ? "Block 0 reads the stem’s convolution, not a block."
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
    said: `${connectionName(id, place, parent)}. ${hints[by]}`,
  };
}

/** Points a connection in hand at a block, or at none. Returns what connecting it would do, or why that is not allowed. */
export function aimConnection(
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
    return `${connectionName(id, connection.place, before.description.blocks[id]!.parents[connection.place])}. ${hints[by]}`;
  }
  const result = readInstead(before.model, id, connection.place, to);
  if (isRefused(result)) {
    hand.free = false;
    return result.refused;
  }
  if (result.said === "") return `It already reads block ${to} through this connection.`;
  connection.said = result.said;
  hand.network = afterEdit(before, result);
  return by === "keys" ? `${result.said} Enter connects it.` : result.said;
}

/**
 * The block that a key points at next: the first or last possible parent, or the next block up to the reader itself, where
 * the refusal says why no later block is possible.
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
