import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Everything that the output of a data loader may depend on. Pages and components are not included: they only read
 * outputs. The lock file represents the packages.
 */
const sourcePaths = [
  "loaders",
  "data",
  "src/data",
  "src/architecture",
  "src/checkpoints",
  "src/coco",
  "src/detection",
  "src/network",
  "src/pageData",
  "package-lock.json",
];

const keyFile = (root: string) => join(root, ".observablehq", "cache", "outputs.key");
const outputs = (root: string) => join(root, ".observablehq", "cache", "data");

async function* filesUnder(path: string): AsyncGenerator<string> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOTDIR") return null;
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (entries === null) {
    yield path;
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    // Locks and unfinished files of runs, which come and go.
    if (entry.name.startsWith(".")) continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(child);
    else if (entry.isFile()) yield child;
  }
}

/**
 * A hash over the names and contents of all files that data loaders consist of or read, and their environment variables.
 * It ignores modification times, so a fresh clone has the same key.
 */
export async function outputKey(project: string): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sourcePaths) {
    for await (const file of filesUnder(join(project, source))) {
      const content = await readFile(file);
      hash.update(`${file.slice(project.length)}\0${content.length}\0`).update(content);
    }
  }
  for (const [name, value] of Object.entries(process.env).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (name.startsWith("SPINENET_")) hash.update(`${name}=${value}\0`);
  }
  return hash.digest("hex");
}

/**
 * Deletes the outputs of data loaders unless they were made from sources with this key. Framework itself reuses any
 * output it finds when it builds, however old.
 *
 * @returns whether outputs were kept
 */
export async function dropStaleOutputs(root: string, key: string): Promise<boolean> {
  const kept = await readFile(keyFile(root), "utf8").catch(() => null);
  if (kept === key) return true;
  await rm(outputs(root), { recursive: true, force: true });
  return false;
}

/** Stores the key of the current outputs. To be called once they all exist. */
export async function rememberOutputKey(root: string, key: string): Promise<void> {
  await writeFile(keyFile(root), key);
}

/**
 * Deletes the stored key. Whenever Framework starts, outputs may be made from other sources: a preview makes them while
 * sources change, and a build may fail midway.
 */
export async function forgetOutputKey(root: string): Promise<void> {
  await rm(keyFile(root), { force: true });
}
