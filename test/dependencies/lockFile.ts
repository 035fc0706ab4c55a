import { readFile } from "node:fs/promises";
import * as v from "valibot";

const entrySchema = v.looseObject({
  version: v.string(),
  resolved: v.optional(v.string()),
  integrity: v.optional(v.string()),
  license: v.optional(v.string()),
  name: v.optional(v.string()),
  /** In the tarball of the package that it is installed in. */
  inBundle: v.optional(v.boolean()),
  optional: v.optional(v.boolean()),
  hasInstallScript: v.optional(v.boolean()),
});

export type LockEntry = v.InferOutput<typeof entrySchema>;

const manifestSchema = v.looseObject({
  dependencies: v.record(v.string(), v.string()),
  devDependencies: v.record(v.string(), v.string()),
});

export interface LockFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  /** By folder: "node_modules/tsx". */
  readonly entries: ReadonlyMap<string, LockEntry>;
}

/** The lock file of the working directory. */
export async function readLockFile(): Promise<LockFile> {
  const { packages } = v.parse(
    v.looseObject({ packages: v.record(v.string(), v.unknown()) }),
    JSON.parse(await readFile("package-lock.json", "utf8")),
  );
  const { "": root, ...others } = packages;
  const entries = Object.entries(others).map(
    ([folder, entry]) => [folder, v.parse(entrySchema, entry)] as const,
  );
  return { ...v.parse(manifestSchema, root), entries: new Map(entries) };
}

/** A package's name in the registry. */
export function packageName(folder: string, { name }: LockEntry): string {
  return name ?? folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
}
