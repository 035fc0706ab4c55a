import { spawn } from "node:child_process";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { dropStaleOutputs, outputKey, rememberOutputKey } from "./outputKey.js";
import { mendPage } from "./patchPage.js";

const frameworkProgram = join("node_modules", "@observablehq", "framework", "dist", "bin", "observable.js");
const sourceRoot = "src";
const distFolder = "dist";

export interface BuildOptions {
  /** Told what is being done, a line a step. */
  readonly say: (line: string) => void;
}

/** What a line of Framework's log says of a page or a data loader; null for the many lines about files. */
function stepOf(line: string): string | null {
  const output = / load (\/\S+) → (?:\[(\w+)[^\]]*\] )?(success|error) (.*)$/.exec(line);
  if (output !== null) {
    const [, path, state, , detail] = output;
    return `Data ${path}: ${state === "fresh" ? "kept" : detail}`;
  }
  const page = /^load (\/\S*)/.exec(line);
  return page === null ? null : `Page ${page[1]}`;
}

async function runFramework(say: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [frameworkProgram, "build"], {
    env: { ...process.env, OBSERVABLE_TELEMETRY_DISABLE: "true", NO_COLOR: "1" },
    // Loaders write their progress to the standard error they inherit.
    stdio: ["ignore", "pipe", "inherit"],
  });
  const log: string[] = [];
  createInterface({ input: child.stdout }).on("line", (raw) => {
    const line = stripVTControlCharacters(raw);
    log.push(line);
    const step = stepOf(line);
    if (step !== null) say(step);
  });
  const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve(signal ?? status));
  });
  if (code !== 0) {
    const end = log.slice(-30).join("\n");
    throw new Error(
      `The site did not build: Observable Framework ended with ${code}. The end of its log:\n${end}`,
    );
  }
}

async function mendPages(): Promise<number> {
  const fonts = await readdir(join(distFolder, "_file", "data", "fonts"));
  const pages = (await readdir(distFolder, { recursive: true })).filter((name) => name.endsWith(".html"));
  for (const page of pages) {
    const path = join(distFolder, page);
    await writeFile(`${path}.mended`, mendPage(await readFile(path, "utf8"), fonts));
    await rename(`${path}.mended`, path);
  }
  return pages.length;
}

/**
 * Builds the site of the working directory into `dist`: drops outputs of data loaders that were made from
 * other sources, runs Observable Framework, and mends its pages. Opens no connection.
 *
 * @throws with the end of Framework's log when the build fails
 */
export async function buildSite({ say }: BuildOptions): Promise<void> {
  const key = await outputKey(process.cwd());
  const kept = await dropStaleOutputs(sourceRoot, key);
  say(kept ? "Data: kept from the last build, its sources are the same." : "Data: made anew.");
  await runFramework(say);
  // A loader may have written a run record, and then its own output is older than its sources.
  if ((await outputKey(process.cwd())) === key) await rememberOutputKey(sourceRoot, key);
  say(`Mended ${await mendPages()} pages in ${distFolder}.`);
}
