import type { Connection } from "../../architecture/costs/connections.js";
import type { Description } from "../../architecture/costs/description.js";
import { kindNames } from "./blockShape.js";

/** What a connection does to its parent's map, in words and with the sign that drawings write beside it. */
export function connectionWords({ kind, ratio }: Connection): string {
  const times = Number(ratio.toFixed(1));
  switch (kind) {
    case "down":
      return `down ÷${times}`;
    case "up":
      return `up ×${times}`;
    case "same":
      return "same size =";
    case "direct":
      return "direct";
    case "dangling":
      return "added as it is +";
  }
}

/** A block in one sentence, for readers who hear it. */
export function blockSentence({ blocks, connections }: Description, id: number): string {
  const { kind, level, shape, output, used } = blocks[id]!;
  const parents = connections
    .filter(({ to }) => to === id)
    .map((connection) => `${connection.from} (${connectionWords(connection)})`);
  const children = connections.filter(({ from }) => from === id).map(({ to }) => String(to));
  return [
    `Block ${id}: ${kindNames[kind]} at level ${level}, ${shape.join("×")}`,
    parents.length > 0 ? `from ${sentenceList(parents)}` : "from the stem",
    ...(children.length > 0 ? [`read by ${sentenceList(children)}`] : []),
    ...(output ? [`output P${output}`] : []),
    ...(used ? [] : ["reaches no output"]),
  ].join("; ");
}

function sentenceList(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
