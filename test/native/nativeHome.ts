import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const installFolder = fileURLToPath(new URL("../../loaders/engine/install", import.meta.url));

/** The folder that holds the engine homes of all versions of the install. */
export const nativeHomes = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "spinenet-tests");

/**
 * The engine home that the tests make a native engine in, once: it is named by what makes an engine, so
 * that a change to the install makes another.
 */
export function nativeHome(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(installFolder).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(installFolder, file)));
  }
  return join(nativeHomes, `native-${hash.digest("hex").slice(0, 16)}`);
}
