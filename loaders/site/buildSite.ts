import { spawn } from "node:child_process";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { dropStaleOutputs, outputKey, rememberOutputKey } from "./outputKey.js";
import { patchPage } from "./patchPage.js";

const frameworkProgram = join("node_modules", "@observablehq", "framework", "dist", "bin", "observable.js");
const sourceRoot = "src";
const distFolder = "dist";

interface BuildOptions {
  /** Called with each line of progress. */
  readonly say: (line: string) => void;
}

/** A line of Framework's log about a page or a data loader, reworded; null for the many lines about files. */
function progressOf(line: string): string | null {
  const output = / load (\/\S+) → (?:\[(\w+)[^\]]*\] )?(success|error) (.*)$/.exec(line);
  if (output !== null) {
    const [, path, state, , detail] = output;
    return `Data ${path}: ${state === "fresh" ? "reused" : detail}`;
  }
  const page = /^load (\/\S*)/.exec(line);
  return page === null ? null : `Page ${page[1]}`;
}

async function runFramework(say: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [frameworkProgram, "build"], {
    env: { ...process.env, OBSERVABLE_TELEMETRY_DISABLE: "true", NO_COLOR: "1" },
    // Loaders write their progress to the inherited standard error.
    stdio: ["ignore", "pipe", "inherit"],
  });
  const log: string[] = [];
  createInterface({ input: child.stdout }).on("line", (raw) => {
    const line = stripVTControlCharacters(raw);
    log.push(line);
    const progress = progressOf(line);
    if (progress !== null) say(progress);
  });
  const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve(signal ?? status));
  });
  if (code !== 0) {
    const end = log.slice(-30).join("\n");
    throw new Error(
      `The build failed: Observable Framework exited with ${code}. The end of its log:\n${end}`,
    );
  }
}

async function patchPages(): Promise<number> {
  const fonts = await readdir(join(distFolder, "_file", "data", "fonts"));
  const pages = (await readdir(distFolder, { recursive: true })).filter((name) => name.endsWith(".html"));
  for (const page of pages) {
    const path = join(distFolder, page);
    await writeFile(`${path}.patched`, patchPage(await readFile(path, "utf8"), fonts));
    await rename(`${path}.patched`, path);
  }
  return pages.length;
}

/**
 * Builds the site of the working directory into `dist`: deletes outdated outputs of data loaders, runs Observable
 * Framework, and patches its pages. It opens no connection.
 *
 * @throws Error with the end of Framework's log if the build fails
 */
export async function buildSite({ say }: BuildOptions): Promise<void> {
  const key = await outputKey(process.cwd());
  const kept = await dropStaleOutputs(sourceRoot, key);
  say(kept ? "Data: reused from the last build, since its sources have not changed." : "Data: rebuilt.");
  await runFramework(say);
  // If a loader wrote a run record, its own output is older than its sources.
  if ((await outputKey(process.cwd())) === key) await rememberOutputKey(sourceRoot, key);
  say(`Patched ${await patchPages()} pages in ${distFolder}.`);
}
