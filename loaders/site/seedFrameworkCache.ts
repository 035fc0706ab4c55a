import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";
import * as v from "valibot";

/**
 * Packages that Framework's own client modules refer to. It asks the registry for the newest version of each, even for a
 * page that imports nothing, unless the cache has a folder for one. These folders name a version that does not exist, so
 * a page that uses such a package by its implicit name, or as "npm:…", fails to build instead of downloading it.
 */
const neverLoaded = [
  "@observablehq/plot",
  "@observablehq/sample-datasets",
  "apache-arrow",
  "arquero",
  "d3",
  "d3-dsv",
  "echarts",
  "leaflet",
  "lodash",
  "mapbox-gl",
  "parquet-wasm",
  "react",
  "react-dom",
  "topojson-client",
];

/** Packages that Framework's Inputs and html literal load, and would download. */
const clientPackages = ["htl", "isoformat"];

/**
 * Packages with different code for Node and browsers. Framework's bundler ignores the "browser" map of package.json, so
 * it would silently bundle code that fails in the browser.
 */
const twoSided = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-wasm"];

async function versionOf(name: string): Promise<string> {
  const text = await readFile(join("node_modules", name, "package.json"), "utf8");
  return v.parse(v.object({ version: v.string() }), JSON.parse(text)).version;
}

/** Resolves imports of the other two-sided packages to their served copies: one copy of tfjs-core per page. */
function shareTwoSided(name: string, versions: ReadonlyMap<string, string>): Plugin {
  const up = "../".repeat(name.split("/").length);
  return {
    name: "share-two-sided",
    setup({ onResolve }) {
      onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) => {
        const version = versions.get(path);
        if (version === undefined || path === name || kind === "entry-point") return undefined;
        return { path: `${up}${path}@${version}/index.js`, external: true };
      });
    },
  };
}

async function bundle(name: string, outfile: string, plugins: Plugin[]): Promise<void> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from ${JSON.stringify(name)};`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "inline",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
    plugins,
  });
  const beside = `${outfile}.${process.pid}`;
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(beside, outputFiles[0]!.contents);
  await rename(beside, outfile);
}

/**
 * Fills Framework's cache with what it would otherwise download or bundle incorrectly, so the site builds offline and
 * works in a browser. It relies on the cache's layout in Framework 1.13: `_npm/<name>@<version>/_esm.js` for packages from
 * a CDN, `_node/<name>@<version>/index.js` for those from node_modules.
 *
 * @param root Framework's source root, relative to the working directory
 */
export async function seedFrameworkCache(root: string): Promise<void> {
  const cache = join(root, ".observablehq", "cache");
  const versions = new Map(
    await Promise.all(twoSided.map(async (name) => [name, await versionOf(name)] as const)),
  );
  await Promise.all([
    ...neverLoaded.map((name) => mkdir(join(cache, "_npm", `${name}@0.0.0`), { recursive: true })),
    ...clientPackages.map(async (name) =>
      bundle(name, join(cache, "_npm", `${name}@${await versionOf(name)}`, "_esm.js"), []),
    ),
    ...twoSided.map((name) =>
      bundle(name, join(cache, "_node", `${name}@${versions.get(name)}`, "index.js"), [
        shareTwoSided(name, versions),
      ]),
    ),
  ]);
}
