import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { DetectionDataset } from "../datasets/dataset.js";
import type { RunRecord } from "./record.js";

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
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)("git", args, {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
    });
    return stdout.trim();
  };
  try {
    const hash = await git("rev-parse", "HEAD");
    const changes = await git("status", "--porcelain", "--untracked-files=no", "--", "src", "loaders");
    return changes === "" ? hash : `${hash}, with changes`;
  } catch {
    return "unknown";
  }
}
