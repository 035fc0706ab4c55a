import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { partialPath } from "./partialFile.js";
import { writeFailure } from "./writeFailure.js";

/**
 * Writes a file completely or not at all: under another name first, synced to disk, then renamed.
 *
 * @param whenFull what to do once there is space again, as the end of a sentence
 * @throws Error naming the file, the system's message, and the remedy
 */
export async function writeFileWhole(
  file: string,
  content: Uint8Array | string,
  whenFull?: string,
): Promise<void> {
  const folder = dirname(file);
  const beside = await partialPath(folder);
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(beside, "wx");
    try {
      await handle.writeFile(content);
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
