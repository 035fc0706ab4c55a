import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The folder of this user's engines: `$SPINENET_ENGINE_HOME`, else `spinenet` in the user's cache folder. */
export function engineHome(): string {
  const { SPINENET_ENGINE_HOME, XDG_CACHE_HOME } = process.env;
  return SPINENET_ENGINE_HOME || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "spinenet");
}

/**
 * The folder of a package that is not a dependency: in `<engine home>/<folder>/node_modules`, else in the project's
 * `node_modules`; undefined if it is in neither.
 */
export function findOptionalPackage(name: string, folder: string): string | undefined {
  const projectFolders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  return [join(engineHome(), folder, "node_modules"), ...projectFolders]
    .map((modules) => join(modules, ...name.split("/")))
    .find((candidate) => existsSync(join(candidate, "package.json")));
}

/** The project's own folder of an installed tfjs package's main file. */
export function ownPackageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}
