import { nearestName } from "../commands/nearestName.js";
import { loadPublished } from "../records/publishedTables.js";
import type { PublishedCheckpoint } from "./fetchError.js";

/**
 * The published checkpoint of a name, or of the end of a name after its slash, if only one has it.
 *
 * @throws Error with the names that come near
 */
export async function findCheckpoint(name: string): Promise<PublishedCheckpoint> {
  const all = await loadPublished("checkpoints");
  const wanted = name.toLowerCase();
  const exact = all.find((each) => each.name.toLowerCase() === wanted);
  if (exact) return exact;
  const [first, ...more] = all.filter((each) => each.name.toLowerCase().endsWith(`/${wanted}`));
  if (first && more.length === 0) return first;
  const names = all.map((each) => each.name);
  throw new Error(
    first
      ? `"${name}" is the end of several names: ${[first, ...more].map((each) => each.name).join(", ")}; give one of them.`
      : `"${name}" is no published checkpoint; did you mean ${nearestName(name, names)}? fetch without a name lists all.`,
  );
}
