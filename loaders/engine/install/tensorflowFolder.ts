import { existsSync } from "node:fs";
import { mkdir, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileHash } from "../../files/fileHash.js";
import { InstallError } from "./installError.js";
import type { Pins } from "./pins.js";
import { libraries, mainLibrary, nameForLinker } from "./tensorflowLibraries.js";

/** A folder that holds TensorFlow's libraries already, as `--from` names it. */
export interface TensorflowFolder {
  /** Absolute path. */
  readonly folder: string;
  /** sha256 of libraries that may be used without being those of a pinned release. */
  readonly trusted: readonly string[];
}

interface LinkedTensorflow {
  /**
   * The folder the libraries are in. An add-on must look for them there: a library that is opened by a link's path
   * searches next to the link for its own dependencies.
   */
  readonly libraryFolder: string;
  /** sha256 of each library, by path. */
  readonly hashes: Record<string, string>;
}

/**
 * Links libraries and headers that are already there, if the libraries are those of a pinned release or trusted by the
 * user. Nothing in the folder is run before.
 *
 * @param from holds TensorFlow's C library, directly or in `lib`, and `include`: an installed Python package's folder
 *   `tensorflow` is one, an unpacked libtensorflow another
 * @param deps the folder to make the links in
 * @throws InstallError naming a file that is missing, that other users can change, or that nobody vouches for
 */
export async function linkTensorflow(
  { folder, trusted }: TensorflowFolder,
  deps: string,
  pins: Pins,
): Promise<LinkedTensorflow> {
  const { libraryFolder, names } = findLibraries(folder);
  const files = names.map((name) => join(libraryFolder, name));
  for (const path of [libraryFolder, ...files]) await refuseSharedWriting(folder, path);
  const hashes = await checkHashes(files, new Set([...pinnedHashes(pins), ...trusted]));
  await mkdir(join(deps, "lib"), { recursive: true });
  await symlink(join(folder, "include"), join(deps, "include"));
  for (const name of names) await symlink(join(libraryFolder, name), join(deps, "lib", name));
  await nameForLinker(deps, folder);
  return { libraryFolder, hashes };
}

function findLibraries(folder: string): { libraryFolder: string; names: string[] } {
  const header = join(folder, "include", "tensorflow", "c", "c_api.h");
  const lib = join(folder, "lib");
  for (const libraryFolder of [folder, lib]) {
    const main = mainLibrary(libraryFolder);
    if (main === undefined || !existsSync(join(libraryFolder, libraries[1]))) continue;
    if (!existsSync(header)) throw lacks(folder, header);
    return { libraryFolder, names: [main, libraries[1]] };
  }
  throw lacks(folder, `${libraries.join(" and ")}, in ${folder} or ${lib}`);
}

function lacks(folder: string, missing: string): InstallError {
  return new InstallError(
    looking(folder),
    `It lacks ${missing}.`,
    'Name the folder "tensorflow" of an installed Python package, or of an unpacked libtensorflow.',
  );
}

const looking = (folder: string): string => `looking into ${folder} for TensorFlow`;

/** The engine loads the files in place each time, so nobody else may be able to replace them. */
async function refuseSharedWriting(folder: string, path: string): Promise<void> {
  if (((await stat(path)).mode & 0o002) === 0) return;
  throw new InstallError(
    looking(folder),
    `Every user of this computer can change ${path}.`,
    `Forbid it: chmod o-w ${path}`,
  );
}

async function checkHashes(
  files: readonly string[],
  known: ReadonlySet<string>,
): Promise<Record<string, string>> {
  const hashes = await Promise.all(files.map(async (file) => [file, await fileHash(file)] as const));
  const unknown = hashes.filter(([, hash]) => !known.has(hash));
  if (unknown.length === 0) return Object.fromEntries(hashes);
  const found = unknown.map(([file, hash]) => `${file} has the sha256 ${hash}.`).join(" ");
  throw new InstallError(
    "checking TensorFlow's libraries",
    `${found} That is not from a pinned TensorFlow.`,
    "If you compared it with what its publisher states, or trust the folder, run the same command with " +
      `--sha256 ${unknown.map(([, hash]) => hash).join(" ")}.`,
  );
}

function pinnedHashes({ wheels }: Pins): string[] {
  return Object.values(wheels)
    .flatMap((platforms) => Object.values(platforms).flat())
    .flatMap(({ contents = {} }) => Object.values(contents));
}
