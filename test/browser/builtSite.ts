import { spawn } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { serveSite } from "../../loaders/site/serveSite.js";
import { findIsolation } from "./withoutNetwork.js";

export interface BuiltSite {
  /** Where it is served. */
  readonly url: string;
  readonly folder: string;
  /** Why it was not built without a network, or null where it was. */
  readonly builtOnlineBecause: string | null;
  /** Stops serving it, and removes it. */
  close(): Promise<void>;
}

const sources = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "observablehq.config.ts",
  "src",
  "loaders",
  "data",
];

/**
 * The sources alone in a folder of their own, so that nothing an earlier build left behind (bundles, looked-up
 * versions, outputs of loaders) can help this one.
 */
async function copySources(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "spinenet-site-"));
  for (const source of sources) {
    await cp(source, join(copy, source), {
      recursive: true,
      filter: (path) => !path.endsWith(".observablehq"),
    });
  }
  await symlink(resolve("node_modules"), join(copy, "node_modules"));
  return copy;
}

async function build(
  folder: string,
  [program, ...parameters]: readonly [string, ...string[]],
): Promise<void> {
  const child = spawn(program, parameters, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  const code = await new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", done);
  });
  if (code !== 0)
    throw new Error(`The site did not build (exit code ${code}); its own message stands above.`);
}

/** Builds the site from the sources alone, without a network where that is possible, and serves it. */
export async function buildSite(): Promise<BuiltSite> {
  const folder = await copySources();
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const isolation = findIsolation();
    const command = [process.execPath, "--import", "tsx", "loaders/site/commands/build.ts"] as const;
    await build(folder, isolation.works ? isolation.wrap(command) : [...command]);
    const siteFolder = join(folder, "dist");
    const site = await serveSite(siteFolder, 0);
    return {
      url: site.url,
      folder: siteFolder,
      builtOnlineBecause: isolation.works ? null : isolation.reason,
      async close() {
        await site.close();
        await removeFolder();
      },
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}
