import { connectionAlternatives } from "../../architecture/costs/connectionAlternatives.js";
import type { Connection, Operation } from "../../architecture/costs/connections.js";
import type { Description } from "../../architecture/costs/description.js";
import { sentenceList } from "../../architecture/model/sentenceList.js";

interface ConnectionFacts {
  /** The operations of each connection that resamples. */
  readonly operations: readonly (readonly Operation[])[];
  /** How many connect maps of equal size. */
  readonly same: number;
  /** Those that pass on their map unchanged. */
  readonly passing: string;
  /** Those that pool more than once after the strided convolution. */
  readonly deep: string;
  /** Those for which a single 3×3 convolution takes fewer multiply-adds. */
  readonly cheaperAtOnce: string;
  /** Of all connections together. */
  readonly multiplyAdds: number;
}

/** The facts about a network's connections in the page's sentences. Connections are written "5 → 15". */
export function connectionFacts({ connections }: Description): ConnectionFacts {
  const named = (holds: (connection: Connection) => boolean): string =>
    sentenceList(connections.filter(holds).map(({ from, to }) => `${from} → ${to}`));
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
