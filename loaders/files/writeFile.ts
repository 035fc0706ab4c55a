import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Writes a file whole or not at all: beside its place first, onto the disk, then renamed.
 *
 * @throws Error naming the file, what the system said, and what to do.
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
    // Where the folder itself is the trouble, there is nothing to remove, and removing fails as well.
    await rm(beside, { force: true }).catch(() => {});
    throw new Error(`${file} could not be written (${(error as Error).message}). ${remedyFor(error)}`, {
      cause: error,
    });
  }
}

function remedyFor(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOSPC":
      return "The disk is full: make room and run the same command again.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "The folder cannot be written to: choose another or change its permissions.";
    case "EEXIST":
    case "ENOTDIR":
      return "A file stands where a folder should be: choose another folder, or move the file.";
    default:
      return "Choose another folder, or mend this one.";
  }
}
