import type { Connection } from "../costs/connections.js";
import type { BlockKind } from "../model/model.js";

/** A connection small enough to be seen: 3×3 width C of 4 channels on either side, 32 cells along the larger map. */
export interface SmallConnection {
  readonly direction: "down" | "same" | "up" | "as it is";
  /** How many times smaller or larger each side gets. */
  readonly ratio: number;
  readonly alpha: number;
  readonly parent: BlockKind;
  readonly target: BlockKind;
}

/** A map on its way through a connection. */
export interface SmallMap {
  readonly step: "parent" | "reduce" | "down" | "pool" | "repeat" | "expand";
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Row by row, the channels of a cell beside each other. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** The small likeness of a network's connection: same direction, ratio, α and block types. */
export function smallConnectionOf(
  { kind, ratio }: Pick<Connection, "kind" | "ratio">,
  { alpha, parent, target }: Pick<SmallConnection, "alpha" | "parent" | "target">,
): SmallConnection {
  const direction = kind === "direct" || kind === "dangling" ? "as it is" : kind;
  return { direction, ratio, alpha, parent, target };
}
