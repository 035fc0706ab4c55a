import { existsSync } from "node:fs";
import { join } from "node:path";
import { engineHome } from "../engineHome.js";
import { folderBytes } from "./folderBytes.js";
import { withInstallLock } from "./lock.js";
import { deleteEngine, removeLeftovers } from "./staging.js";

interface RemovedEngine {
  readonly engine: "native" | "gpu";
  readonly folder: string;
  /** Size of what the folder held. */
  readonly bytes: number;
}

/**
 * Deletes engines from the user's cache folder, and what killed installs left there.
 *
 * @returns those that were there.
 * @throws Error if an install is running.
 */
export async function removeEngines(names: readonly ("native" | "gpu")[]): Promise<RemovedEngine[]> {
  const home = engineHome();
  if (!existsSync(home)) return [];
  return withInstallLock(home, async () => {
    await removeLeftovers(home);
    const removed: RemovedEngine[] = [];
    for (const engine of names) {
      const folder = join(home, engine);
      if (!existsSync(folder)) continue;
      const bytes = await folderBytes(folder);
      await deleteEngine(home, folder);
      removed.push({ engine, folder, bytes });
    }
    return removed;
  });
}
