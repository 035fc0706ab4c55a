import { permutedBlocksOf } from "../model/blocks.js";
import type { Model } from "../model/model.js";
import { sentenceList } from "../model/sentenceList.js";
import {
  conclude,
  draftsOf,
  type EditResult,
  isRefused,
  nearestEarlier,
  refusal,
  renumbered,
  withBlock,
} from "./draft.js";

/**
 * Removes a block. If others read it this is refused, and the offer is that they read what it read: the first of its
 * parents that they do not read yet, or else the nearest earlier block, or else one block only.
 */
export function removeBlock(model: Model, id: number): EditResult {
  const { stem } = model.backbone;
  const inStem = id < stem.length;
  if (inStem && stem.length === 1) {
    return { refused: `Block ${id} is the stem's only block, and a network needs one.` };
  }
  const after = (number: number): number => (number > id ? number - 1 : number);
  const { parents: removedParents } = draftsOf(model)[id]!.block;
  const readers = permutedBlocksOf(model.backbone)
    .filter(({ parents }) => parents.includes(id))
    .map((reader) => reader.id);
  const changes: string[] = [];
  const repaired = readers.reduce((drafts, reader) => {
    const { parents } = drafts[reader]!.block;
    const others = parents.filter((parent) => parent !== id);
    const next =
      removedParents.find((parent) => !others.includes(parent)) ?? nearestEarlier(reader, [...others, id]);
    changes.push(
      next === null
        ? `Block ${after(reader)} reads only block ${after(others[0] ?? 0)}.`
        : `Block ${after(reader)} reads block ${after(next)} instead.`,
    );
    const kept = next === null ? others : parents.map((parent) => (parent === id ? next : parent));
    return withBlock(drafts, reader, { parents: kept });
  }, draftsOf(model));
  const edit = conclude(
    model,
    renumbered(repaired.toSpliced(id, 1), after),
    [`Block ${id} is removed.`, ...changes].join(" "),
    stem.length - (inStem ? 1 : 0),
  );
  if (isRefused(edit) || readers.length === 0) return edit;
  return refusal(
    readers.length === 1
      ? `Block ${id} is read by block ${readers[0]}, which would lose one of its connections.`
      : `Block ${id} is read by blocks ${sentenceList(readers)}, each of which would lose a connection.`,
    "Remove it, and let its readers read what it read",
    edit,
  );
}
