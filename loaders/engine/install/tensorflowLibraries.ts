import { existsSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { InstallError } from "./installError.js";

/** A wheel's libraries: one for C and C++, and what both need. */
export const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"] as const;

/** A wheel has one library for C and C++; libtensorflow's distribution has one for C alone. */
export function mainLibrary(folder: string): string | undefined {
  return [libraries[0], "libtensorflow.so.2"].find((name) => existsSync(join(folder, name)));
}

/**
 * Gives the libraries the names that a linker looks for.
 *
 * @param origin where they came from, for the error.
 * @throws InstallError if they are not there.
 */
export async function nameForLinker(deps: string, origin: string): Promise<void> {
  const lib = join(deps, "lib");
  const library = mainLibrary(lib);
  if (!library || !existsSync(join(lib, libraries[1]))) {
    throw new InstallError(
      "unpacking TensorFlow",
      `${origin} holds no ${libraries.join(" or ")}.`,
      "Run the same command again.",
    );
  }
  await symlink(library, join(lib, "libtensorflow.so"));
  await symlink(libraries[1], join(lib, "libtensorflow_framework.so"));
}
