import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { programSource } from "../../loaders/engine/install/installation.js";

const installFolder = fileURLToPath(new URL("../../loaders/engine/install", import.meta.url));

/** The folder that holds the engine homes of all versions of the install. */
export const nativeHomes = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "spinenet-tests");

/**
 * The engine home that the tests make a native engine in, once: it is named by what an engine is made from,
 * so that a change to the install or to our add-on makes another.
 */
export function nativeHome(): string {
  const hash = createHash("sha256");
  const files = readdirSync(installFolder).sort();
  for (const file of [...files.map((name) => join(installFolder, name)), programSource]) {
    hash.update(`${file.slice(dirname(installFolder).length)}\0`).update(readFileSync(file));
  }
  return join(nativeHomes, `native-${hash.digest("hex").slice(0, 16)}`);
}
