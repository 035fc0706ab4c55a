import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileKindOf, kindBytes } from "../../src/checkpoints/fileKind.js";
import { openFileSource } from "./fileSource.js";

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
  const remedy = "give a checkpoint's prefix, its .index file or its folder";
  if (!status) throw new Error(`${index}: does not exist; ${remedy}.`);
  const kind = await kindOf(path);
  throw new Error(
    kind === undefined
      ? `${path}: it is no checkpoint's file, and ${index} does not exist; ${remedy}.`
      : `${path}: it is no checkpoint's file but looks like ${kind}; unpack it first, then ${remedy}.`,
  );
}

/** What a file is, where it is something that a checkpoint may be packed in. */
async function kindOf(path: string): Promise<string | undefined> {
  const source = await openFileSource(path);
  try {
    return fileKindOf(await source.read(0, kindBytes))?.name;
  } finally {
    await source.close();
  }
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
