import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** Endings of a checkpoint's files, which may be given for all of it. */
const endings = /\.(index|meta|data-\d{5}-of-\d{5})$/;

/**
 * The `.index` file of a checkpoint that is given by its prefix, one of its files, or its folder.
 *
 * @throws Error naming the path, and which checkpoints there are instead
 */
export async function checkpointIndex(path: string): Promise<string> {
  const status = await stat(path).catch(() => null);
  if (status?.isDirectory()) return indexInFolder(path);
  const prefix = path.replace(endings, "");
  const index = `${prefix}.index`;
  if (await stat(index).catch(() => null)) return index;
  throw new Error(
    status
      ? `${path}: it is no checkpoint's file, and ${index} does not exist; give a checkpoint's prefix, its .index file or its folder.`
      : `${index}: does not exist; give a checkpoint's prefix, its .index file or its folder.`,
  );
}

/** The latest checkpoint by the folder's `checkpoint` file, or the only one in it. */
async function indexInFolder(folder: string): Promise<string> {
  const found = (await readdir(folder)).filter((name) => name.endsWith(".index")).sort();
  const latest = await latestNamed(folder);
  if (latest !== null && found.includes(`${latest}.index`)) return join(folder, `${latest}.index`);
  if (latest !== null && found.length > 0) {
    throw new Error(
      `${join(folder, "checkpoint")}: it names ${latest}, which is not in the folder; give one of ${found.join(", ")}.`,
    );
  }
  if (found.length === 1) return join(folder, found[0]!);
  throw new Error(
    found.length === 0
      ? `${folder}: there is no checkpoint in this folder, whose .index file would say so.`
      : `${folder}: there are ${found.length} checkpoints in this folder; give one of ${found.join(", ")}.`,
  );
}

/** By the text that TensorFlow writes beside its checkpoints; a path in it may be of another machine. */
async function latestNamed(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, "checkpoint"), "utf8").catch(() => "");
  const path = /^model_checkpoint_path:\s*"((?:[^"\\]|\\.)*)"/m.exec(text)?.[1];
  return path === undefined ? null : basename(path);
}
