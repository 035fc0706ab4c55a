import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { webAddress } from "../../loaders/site/shippedPackages.js";
import { type LockFile, packageName } from "./lockFile.js";

/** The list, which `npm run dependencies` writes. */
export const listFile = join("test", "dependencies", "DEPENDENCIES.md");

const manifestSchema = v.object({
  name: v.string(),
  version: v.string(),
  license: v.string(),
  homepage: v.optional(v.string()),
  repository: v.optional(v.union([v.string(), v.object({ url: v.string() })])),
});

type Manifest = v.InferOutput<typeof manifestSchema>;

/** The package.json of a package that is installed here; undefined if it is for another platform. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : v.parse(manifestSchema, JSON.parse(text));
}

/**
 * What the project depends on, as Markdown: each direct dependency with its licence and where it is maintained, and all
 * packages of the lock file by licence, with those of other platforms.
 */
export async function dependencyList(lock: LockFile): Promise<string> {
  const { entries, dependencies, devDependencies } = lock;
  return [
    "# Dependencies",
    "Written by `npm run dependencies` from the installed packages and the lock file; a test compares it with them.",
    `All ${entries.size} packages in the lock file are pinned by sha512.`,
    "## Needed to build the site and to run the command line",
    await directTable(Object.keys(dependencies)),
    "## Needed for tests only",
    await directTable(Object.keys(devDependencies)),
    "## All packages by licence",
    licenceTable(lock),
    "",
  ].join("\n\n");
}

async function directTable(names: readonly string[]): Promise<string> {
  const manifests = await Promise.all(names.map((name) => readManifest(join("node_modules", name))));
  const rows = manifests.map((manifest, index) => {
    if (manifest === undefined) throw new Error(`${names[index]} is not installed; run npm ci.`);
    const { name, version, license, repository, homepage } = manifest;
    const address =
      webAddress(typeof repository === "string" ? repository : repository?.url) ?? homepage ?? "";
    return `| ${name} | ${version} | ${license} | ${address} |`;
  });
  return ["| package | version | licence | maintained at |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** Licences that ask for no more than their text; packages under others are listed by name. */
const plainLicences = new Set(["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "MIT-0"]);

function licenceTable({ entries }: LockFile): string {
  const names = new Map<string, Set<string>>();
  for (const [folder, entry] of entries) {
    const licence = entry.license ?? "not stated";
    names.set(licence, (names.get(licence) ?? new Set()).add(packageName(folder, entry)));
  }
  const rows = [...names]
    .sort(([, a], [, b]) => b.size - a.size)
    .map(([licence, packages]) => {
      const listed = plainLicences.has(licence) ? "" : [...packages].sort().join(", ");
      return `| ${licence} | ${packages.size} | ${listed} |`;
    });
  return ["| licence | packages | which |", "| --- | --- | --- |", ...rows].join("\n");
}
