import { connectionAlternatives } from "../../architecture/costs/connectionAlternatives.js";
import type { Connection, Operation } from "../../architecture/costs/connections.js";
import type { Description } from "../../architecture/costs/description.js";
import { listed } from "../../architecture/model/listed.js";

export interface ConnectionFacts {
  /** The operations of each connection that resamples. */
  readonly operations: readonly (readonly Operation[])[];
  /** How many connect maps of one size. */
  readonly same: number;
  /** The connections that pass their map as it is. */
  readonly passing: string;
  /** Those that pool more than once after the strided convolution. */
  readonly deep: string;
  /** Those that a single 3×3 convolution would make with fewer multiply-adds. */
  readonly cheaperAtOnce: string;
  /** Multiply-adds of all together. */
  readonly multiplyAdds: number;
}

/** What the page's sentences say of a network's connections; those that they name as "5 → 15". */
export function connectionFacts({ connections }: Description): ConnectionFacts {
  const named = (holds: (connection: Connection) => boolean): string =>
    listed(connections.filter(holds).map(({ from, to }) => `${from} → ${to}`));
  return {
    operations: connections.map(({ operations }) => operations).filter(({ length }) => length > 0),
    same: connections.filter(({ kind }) => kind === "same").length,
    passing: named(({ kind }) => kind === "dangling" || kind === "direct"),
    deep: named(({ kind, ratio }) => kind === "down" && ratio > 4),
    cheaperAtOnce: named(
      ({ operations, multiplyAdds }) =>
        operations.length > 0 &&
        connectionAlternatives(operations).oneConvolution.multiplyAdds < multiplyAdds,
    ),
    multiplyAdds: connections.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
  };
}
