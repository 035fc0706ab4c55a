import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Writes a file completely or not at all: under another name first, synced to disk, then renamed.
 *
 * @throws Error naming the file, the system's message, and the remedy
 */
export async function writeFileWhole(file: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(file);
  const beside = join(folder, `.${randomUUID()}.partial`);
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
    throw new Error(`${file} could not be written (${(error as Error).message}). ${remedyFor(error)}`, {
      cause: error,
    });
  }
}

function remedyFor(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOSPC":
      return "The disk is full: free some space and run the same command again.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "The folder cannot be written to: choose another or change its permissions.";
    case "EEXIST":
    case "ENOTDIR":
      return "There is a file where a folder should be: choose another folder, or move the file.";
    default:
      return "Choose another folder, or repair this one.";
  }
}
