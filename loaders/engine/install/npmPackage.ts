import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { InstallError, step } from "./installError.js";
import type { NpmPackage } from "./pins.js";
import { runTool, type ToolOptions } from "./runTool.js";

/** Runs npm: the one that started this process, if any, else the one on the PATH. */
function runNpm(parameters: readonly string[], options: ToolOptions): Promise<string> {
  const { npm_execpath } = process.env;
  return npm_execpath?.endsWith("npm-cli.js")
    ? runTool(process.execPath, [npm_execpath, ...parameters], { name: "npm", ...options })
    : runTool("npm", parameters, options);
}

/**
 * Unpacks a package into a folder without running any of its code.
 *
 * @param folder is created.
 * @throws InstallError if npm cannot get it, or its tarball is not the pinned one.
 */
export async function unpackNpmPackage(
  { name, version, integrity }: NpmPackage,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const doing = `fetching ${name} ${version} from npm`;
  const remedy = "See that npm reaches its registry (npm ping), and run the same command again.";
  const packed = `${folder}.packed`;
  await mkdir(packed, { recursive: true });
  await step(doing, remedy, () =>
    runNpm(
      ["pack", "--ignore-scripts", "--loglevel", "error", "--pack-destination", packed, `${name}@${version}`],
      {
        signal,
        cwd: packed,
      },
    ),
  );
  const [file] = (await readdir(packed)).filter((each) => each.endsWith(".tgz"));
  if (!file) throw new InstallError(doing, "npm pack wrote no tarball.", remedy);
  const tarball = join(packed, file);
  const [algorithm = ""] = integrity.split("-");
  const actual = `${algorithm}-${createHash(algorithm)
    .update(await readFile(tarball))
    .digest("base64")}`;
  if (actual !== integrity) {
    throw new InstallError(
      doing,
      `The registry's tarball is not the pinned one: its hash is ${actual} and should be ${integrity}.`,
      "Find out what stands between you and the registry; nothing of it was run.",
    );
  }
  await mkdir(folder, { recursive: true });
  await step(`unpacking ${name}`, "Install tar and gzip.", () =>
    runTool("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"], { signal }),
  );
  await rm(packed, { recursive: true });
}
