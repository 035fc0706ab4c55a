import { cp, link, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileHash } from "../../files/fileHash.js";
import { readRecord, tfjsNodeFolder } from "./installation.js";

/** TensorFlow's libraries in an engine that will be rebuilt. */
export interface ReusableLibraries {
  /** The folder with `include` and `lib`. */
  readonly deps: string;
  /** Packages with their versions. */
  readonly against: string;
  /** sha256 of each, by file name. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** The libraries of an engine that was built against wheels; undefined if there is none. */
export async function reusableLibraries(engineFolder: string): Promise<ReusableLibraries | undefined> {
  const record = await readRecord(engineFolder);
  if (!record || record.origin.from !== undefined) return undefined;
  const { against } = record.origin;
  return { deps: join(tfjsNodeFolder(engineFolder), "deps"), against, hashes: record.libraries };
}

/** sha256 of each library in `deps/lib`, by file name; symbolic links are left out. */
export async function hashLibraries(deps: string): Promise<Record<string, string>> {
  const lib = join(deps, "lib");
  const files = (await readdir(lib, { withFileTypes: true })).filter((entry) => entry.isFile());
  return Object.fromEntries(
    await Promise.all(files.map(async ({ name }) => [name, await fileHash(join(lib, name))] as const)),
  );
}

/**
 * Gives an engine the libraries of another by hard links, which take neither time nor disk space.
 *
 * @returns whether they were all unchanged since they were fetched; if not, nothing is made.
 */
export async function reuseLibraries(previous: ReusableLibraries, deps: string): Promise<boolean> {
  const actual = await hashLibraries(previous.deps).catch(() => undefined);
  const expected = Object.entries(previous.hashes);
  if (!actual || expected.length === 0 || expected.some(([name, hash]) => actual[name] !== hash))
    return false;
  await mkdir(join(deps, "lib"), { recursive: true });
  await cp(join(previous.deps, "include"), join(deps, "include"), { recursive: true });
  for (const [name] of expected) await link(join(previous.deps, "lib", name), join(deps, "lib", name));
  return true;
}
