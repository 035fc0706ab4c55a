import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type LockEntry, packageName, readLockFile } from "./lockFile.js";

const { entries, dependencies, devDependencies } = await readLockFile();

/** What an entry lacks to be pinned: the tarball's address in the public registry, and its hash. */
function faultOf(folder: string, entry: LockEntry): string | undefined {
  // It comes in the tarball of the package around it, whose hash covers it.
  if (entry.inBundle)
    return entries.has(folder.replace(/\/node_modules\/(?:@[^/]+\/)?[^/]+$/, "")) ? undefined : "orphan";
  const name = packageName(folder, entry);
  const tarball = `https://registry.npmjs.org/${name}/-/${name.split("/").at(-1)}-${entry.version}.tgz`;
  if (entry.resolved !== tarball) return `resolved is ${entry.resolved}; it should be ${tarball}`;
  return /^sha512-[\w+/]{86}==$/.test(entry.integrity ?? "") ? undefined : `integrity is ${entry.integrity}`;
}

test("every package in the lock file is pinned to a tarball of the public registry by its sha512", () => {
  expect(entries.size).toBeGreaterThan(600);
  const faults = [...entries].flatMap(([folder, entry]) => {
    const fault = faultOf(folder, entry);
    return fault === undefined ? [] : [`${folder}: ${fault}`];
  });
  expect(faults).toEqual([]);
});

test("a package that is not pinned is found", () => {
  const [folder, entry] = [...entries].find(([name]) => name === "node_modules/tsx")!;
  expect(faultOf(folder, entry)).toBeUndefined();
  expect(faultOf(folder, { ...entry, integrity: undefined })).toBe("integrity is undefined");
  expect(faultOf(folder, { ...entry, integrity: "sha1-AAAA" })).toBe("integrity is sha1-AAAA");
  expect(faultOf(folder, { ...entry, resolved: undefined })).toContain("resolved is undefined");
  expect(faultOf(folder, { ...entry, resolved: "http://example.com/tsx.tgz" })).toContain(
    "it should be https://registry",
  );
});

test("packages with other ones for each platform have all of them in the lock file", async () => {
  for (const name of ["@biomejs/biome", "esbuild", "rollup", "sharp"]) {
    const manifest = JSON.parse(await readFile(join("node_modules", name, "package.json"), "utf8"));
    const wanted = Object.keys(manifest.optionalDependencies);
    expect(wanted.length, name).toBeGreaterThan(5);
    expect(wanted.filter((each) => !entries.has(`node_modules/${each}`))).toEqual([]);
  }
});

test("package.json names exact versions, those of the lock file, and lets no package run an install script", async () => {
  const manifest = JSON.parse(await readFile("package.json", "utf8"));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(entries.get(`node_modules/${name}`)?.version, name).toBe(version);
    expect({ ...manifest.dependencies, ...manifest.devDependencies }[name]).toBe(version);
  }
  const withScripts = [...entries].filter(([, entry]) => entry.hasInstallScript && !entry.optional);
  const allowed: Record<string, boolean> = manifest.allowScripts;
  expect(withScripts.map(([folder, entry]) => allowed[packageName(folder, entry)])).toEqual(
    withScripts.map(() => false),
  );
});
