import * as v from "valibot";
import type { Connection } from "../costs/connections.js";
import { blockKindSchema } from "../model/model.js";

/** The kinds of blocks that SpineNet's connections lead between. */
const kindSchema = v.pipe(blockKindSchema, v.values(["bottleneck", "residual"]));

/** A connection small enough to be seen: 3×3 width C of 4 channels on either side, 32 cells along the larger map. */
export const smallConnectionSchema = v.strictObject({
  direction: v.picklist(["down", "same", "up", "as it is"]),
  /** How many times smaller or larger each side gets. */
  ratio: v.pipe(v.number(), v.values([1, 2, 4, 8, 16, 32])),
  alpha: v.pipe(v.number(), v.minValue(0.25), v.maxValue(1)),
  parent: kindSchema,
  target: kindSchema,
});

export type SmallConnection = Readonly<v.InferOutput<typeof smallConnectionSchema>>;

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A map on its way through a connection. */
export const smallMapSchema = v.strictObject({
  operation: v.picklist(["parent", "reduce", "down", "pool", "repeat", "expand"]),
  height: positive,
  width: positive,
  channels: positive,
  /** Row by row, the channels of a cell beside each other. */
  values: v.instance(Float32Array<ArrayBuffer>),
});

export type SmallMap = Readonly<v.InferOutput<typeof smallMapSchema>>;

/** The small likeness of a network's connection: same direction, ratio, α and block types. */
export function smallConnectionOf(
  { kind, ratio }: Pick<Connection, "kind" | "ratio">,
  { alpha, parent, target }: Pick<SmallConnection, "alpha" | "parent" | "target">,
): SmallConnection {
  const direction = kind === "direct" || kind === "dangling" ? "as it is" : kind;
  return { direction, ratio, alpha, parent, target };
}
