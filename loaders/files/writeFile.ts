import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { partialPath } from "./partialFile.js";
import { writeFailure } from "./writeFailure.js";

/**
 * Writes a file completely or not at all: under another name first, synced to disk, then renamed.
 *
 * @param content in one piece, or in several that follow one another
 * @param whenFull what to do once there is space again, as the end of a sentence
 * @throws Error naming the file, the system's message, and the remedy
 */
export async function writeFileWhole(
  file: string,
  content: Uint8Array | string | readonly Uint8Array[],
  whenFull?: string,
): Promise<void> {
  const folder = dirname(file);
  const beside = await partialPath(folder);
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(beside, "wx");
    try {
      // Each call goes on where the last one ended.
      for (const part of Array.isArray(content) ? content : [content]) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    // If the folder itself is the problem, there is nothing to remove, and removing fails, too.
    await rm(beside, { force: true }).catch(() => {});
    throw writeFailure(file, error, whenFull);
  }
}
