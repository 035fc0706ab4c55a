import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pageCode } from "./pageCode.js";

/**
 * Checks the types of the code in pages, against the modules they import and Framework's names.
 *
 * @param folder that holds the pages; what they import is found from `src`
 * @returns what is wrong, one line each: `src/scale.md(37,12): error TS…`
 */
export async function checkPages(folder = "src"): Promise<string[]> {
  const work = resolve("node_modules", ".cache", "pages", String(process.pid));
  await mkdir(work, { recursive: true });
  try {
    const pages = (await readdir(folder)).filter((file) => file.endsWith(".md"));
    const failures: string[] = [];
    const modules = pages.map(async (page) => {
      try {
        await writeFile(join(work, moduleOf(page)), pageCode(await readFile(join(folder, page), "utf8")));
      } catch (error) {
        failures.push(`${join(folder, page)}: ${(error as Error).message}`);
      }
    });
    await Promise.all(modules);
    await writeFile(join(work, "tsconfig.json"), JSON.stringify(settings(work)));
    const output = await compile(work);
    return [
      ...failures,
      ...output.map((line) => line.replace(/^\S*?([^/\\]+)\.md\.ts(?=\()/, join(folder, "$1.md"))),
    ];
  } finally {
    await rm(work, { recursive: true });
  }
}

const moduleOf = (page: string): string => `${page}.ts`;

/** The project's settings, with a page's imports found from `src`. */
function settings(work: string): unknown {
  return {
    extends: resolve("tsconfig.json"),
    compilerOptions: {
      rootDirs: [work, resolve("src")],
      paths: { "observablehq:stdlib": [resolve("test", "pages", "framework.ts")] },
    },
    include: [join(work, "*.md.ts"), resolve("src", "components", "page", "htl.d.ts")],
    exclude: [],
  };
}

async function compile(project: string): Promise<string[]> {
  const compiler = spawn(join("node_modules", ".bin", "tsc"), [
    "--noEmit",
    "--pretty",
    "false",
    "-p",
    project,
  ]);
  const [output, errors] = await Promise.all([text(compiler.stdout), text(compiler.stderr)]);
  return `${output}${errors}`.split("\n").filter((line) => line !== "");
}
