import type { BlockDifference, Difference } from "../../architecture/graph/difference.js";
import { kindNames } from "../diagram/blockShape.js";

/** How a block differs from its partner in the other network: "level 4 there, moved". */
export function differenceWords({ other, level, kind, output, moved, parents }: BlockDifference): string {
  if (other === null) return "not there";
  return [
    ...(level === undefined ? [] : [`level ${level} there`]),
    ...(kind === undefined ? [] : [`${kindNames[kind]} there`]),
    ...(output === undefined ? [] : [output === null ? "no output there" : "an output there"]),
    ...(moved ? [`block ${other} there`] : []),
    ...(parents === undefined
      ? []
      : [parents.length === 0 ? "reads the stem there" : `reads ${parents.join(" and ")} there`]),
  ].join(", ");
}

/** How an overlay shows a difference. */
export const differenceLegend = "Dashed outlines and lines are only there, thick lines only here.";

/** A comparison in a sentence. */
export function differenceSummary({ than, blocks, missing, added, removed }: Difference): string {
  const more = blocks.filter(({ other }) => other === null).length;
  const parts = [
    counted(blocks.length - more, "block differs", "blocks differ"),
    ...(more > 0 ? [counted(more, "block is new", "blocks are new")] : []),
    ...(missing.length > 0 ? [counted(missing.length, "block is gone", "blocks are gone")] : []),
    `${counted(added.length, "connection is new", "connections are new")}, ${removed.length} gone`,
  ];
  return `Compared with ${than}: ${parts.join("; ")}.`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
