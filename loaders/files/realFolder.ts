import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";

/** A folder's one absolute path, whatever links led to it. */
export function realFolder(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : resolve(folder);
}
