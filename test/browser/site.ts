import { spawn } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { serveSite } from "../../loaders/site/serveSite.js";
import { findChromium } from "./chromium.js";
import { findIsolation } from "./withoutNetwork.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the site is served: "http://127.0.0.1:1234". */
    siteUrl: string;
    /** The folder of the built site. */
    siteFolder: string;
    /** Why the site was not built without a network, or null where it was. */
    builtOnlineBecause: string | null;
  }
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

/** Builds the site once, without a network where that is possible, and serves it to all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  findChromium();
  const folder = await copySources();
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const isolation = findIsolation();
    const command = [process.execPath, "--import", "tsx", "loaders/site/commands/build.ts"] as const;
    await build(folder, isolation.works ? isolation.wrap(command) : [...command]);
    const siteFolder = join(folder, "dist");
    const site = await serveSite(siteFolder, 0);
    project.provide("siteUrl", site.url);
    project.provide("siteFolder", siteFolder);
    project.provide("builtOnlineBecause", isolation.works ? null : isolation.reason);
    return async () => {
      await site.close();
      await removeFolder();
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}
