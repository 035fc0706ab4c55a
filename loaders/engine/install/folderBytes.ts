import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../../files/errorCode.js";

/** The total size of a folder's files; links are not followed, and files that vanish meanwhile count as 0. */
export async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(ignoreMissing);
  const sizes = (entries ?? []).map(async (entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? folderBytes(path) : ((await lstat(path).catch(ignoreMissing))?.size ?? 0);
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function ignoreMissing(error: unknown): undefined {
  if (errorCode(error) === "ENOENT") return undefined;
  throw error;
}
