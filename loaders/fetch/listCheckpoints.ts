import { loadPublished } from "../records/publishedTables.js";
import { readRecord } from "./downloadRecord.js";
import type { PublishedCheckpoint } from "./fetchError.js";

const bytesPerParameter = 4;

/** A checkpoint with what is known of its archive. */
export interface ListedCheckpoint extends PublishedCheckpoint {
  /** From the first download here; null before it. */
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** Bytes of its parameters in float32, without and with as many for the optimiser; null if they are not published. */
  readonly estimatedBytes: readonly [number, number] | null;
}

/** The published checkpoints, in the table's order. */
export async function listCheckpoints(): Promise<ListedCheckpoint[]> {
  const listed: ListedCheckpoint[] = [];
  for (const checkpoint of await loadPublished("checkpoints")) {
    const record = await readRecord(checkpoint);
    const least =
      checkpoint.parametersM === null ? null : Math.round(checkpoint.parametersM * 1e6) * bytesPerParameter;
    listed.push({
      ...checkpoint,
      bytes: record?.bytes ?? null,
      sha256: record?.sha256 ?? null,
      estimatedBytes: least === null ? null : [least, 2 * least],
    });
  }
  return listed;
}
