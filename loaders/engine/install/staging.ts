import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

const prefix = ".install-";

/**
 * Lets `make` fill a folder next to the engines, which is deleted afterwards, whatever happens. What a killed install
 * left behind is deleted first; the caller holds the lock, so nothing is using it.
 */
export async function withStaging<T>(home: string, make: (staging: string) => Promise<T>): Promise<T> {
  await removeLeftovers(home);
  const staging = join(home, `${prefix}${randomUUID()}`);
  await mkdir(staging);
  try {
    return await make(staging);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Deletes what killed installs and removals left behind. */
export async function removeLeftovers(home: string): Promise<void> {
  for (const entry of await readdir(home)) {
    if (entry.startsWith(prefix)) await rm(join(home, entry), { recursive: true, force: true });
  }
}

/** Moves a finished engine into place; one already there moves to the staging folder, and is deleted with it. */
export async function replaceEngine(folder: string, made: string, staging: string): Promise<void> {
  if (existsSync(folder)) await rename(folder, join(staging, "replaced"));
  await rename(made, folder);
}

/** Renames an engine's folder, which is instant, then deletes it. */
export async function deleteEngine(home: string, folder: string): Promise<void> {
  const doomed = join(home, `${prefix}${randomUUID()}`);
  await rename(folder, doomed);
  await rm(doomed, { recursive: true, force: true });
}
