import type { BlockKind } from "../../architecture/model/model.js";
import { choice } from "../page/state/parameter.js";
import { type QueryCodec, queryCodec } from "../page/state/query.js";

/** The part of the page's state that is in its address. */
export interface ResampleState {
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

const usual = { connection: "5-15", alpha: 0.5, parent: null, target: null } as const;

/** @param connections of the network on the page */
export function resampleAddress(
  connections: readonly Pick<ResampleState, "from" | "to">[],
): QueryCodec<ResampleState> {
  const kind = (name: string) =>
    choice<BlockKind>(
      name,
      ["bottleneck", "residual"],
      String,
      "; it should be bottleneck or residual; the network's own is taken.",
    );
  type Chosen = Omit<ResampleState, "from" | "to"> & { readonly connection: string };
  const form = queryCodec<Chosen>(usual, {
    connection: choice(
      "edge",
      connections.map(({ from, to }) => `${from}-${to}`),
      String,
      `; it should be a connection of the network, such as ${usual.connection}, which is taken.`,
    ),
    alpha: choice(
      "alpha",
      [0.25, 0.5, 0.75, 1],
      String,
      `; it should be 0.25, 0.5, 0.75 or 1; ${usual.alpha} is taken.`,
    ),
    parent: kind("parent"),
    target: kind("target"),
  });
  return {
    read(query) {
      const { state, problems } = form.read(query);
      const { connection, ...others } = state;
      const [from = 0, to = 0] = connection.split("-").map(Number);
      return { state: { from, to, ...others }, problems };
    },
    write: (query, { from, to, ...others }) => form.write(query, { connection: `${from}-${to}`, ...others }),
  };
}
