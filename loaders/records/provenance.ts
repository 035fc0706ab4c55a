import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpus, totalmem } from "node:os";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { DetectionDataset } from "../datasets/dataset.js";
import { realFolder } from "../files/realFolder.js";
import type { RunRecord } from "./record.js";
import { dataFolder } from "./records.js";

/** A data set, as a record names it. */
export function dataOf({ name, split, hash, images, categories }: DetectionDataset) {
  return {
    name,
    split,
    hash,
    images: images.length,
    categories: categories.map((category) => ({ id: category.id, name: category.name })),
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The machine, as a record names it. */
export function hardware(): RunRecord["hardware"] {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform}-${process.arch}`,
  };
}

/** The code's commit, marked where files differ from it; "unknown" outside a git checkout. */
export async function commit(): Promise<string> {
  const changes = await changedCode();
  if (changes === undefined) return "unknown";
  const hash = await git("rev-parse", "HEAD");
  return changes.length === 0 ? hash : `${hash}, with changes`;
}

/**
 * A record in the project's own `data` has to say which commit made it.
 *
 * @param out the folder to write to
 * @throws Error naming the files that differ from the commit, if that folder is in `data`
 */
export async function refuseChangedCode(
  out: string,
  changes: () => Promise<readonly string[] | undefined> = changedCode,
): Promise<void> {
  if (!`${realFolder(out)}${sep}`.startsWith(`${realFolder(dataFolder)}${sep}`)) return;
  const changed = (await changes()) ?? [];
  if (changed.length === 0) return;
  const more = changed.length > mostNamed ? ` and ${changed.length - mostNamed} more` : "";
  throw new Error(
    `The code differs from its commit (${changed.slice(0, mostNamed).join(", ")}${more}), so no one could tell what made ` +
      `a record in ${dataFolder}. Commit or stash the changes, give another --out folder, or give --allow-changes.`,
  );
}

const mostNamed = 5;

/** Files that differ from the commit, of those that decide what a run computes; undefined outside a git checkout. */
async function changedCode(): Promise<readonly string[] | undefined> {
  try {
    const changes = await git("status", "--porcelain", "--", "src", "loaders", "package-lock.json");
    // Two letters and a space come before each path.
    return changes.split("\n").flatMap((line) => (line === "" ? [] : [line.slice(3)]));
  } catch {
    return undefined;
  }
}

async function git(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("git", args, {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
  return stdout.trimEnd();
}
