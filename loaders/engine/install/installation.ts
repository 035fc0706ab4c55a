import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { array, type InferOutput, literal, object, optional, safeParse, string, variant } from "valibot";
import { programAddonFile } from "../native/program/programAddon.js";

const Origin = variant("kind", [
  object({ kind: literal("published") }),
  object({
    kind: literal("built"),
    /** Packages with their versions, or the folder that was named. */
    against: string(),
    /** The folder that was named, in full. */
    from: optional(string()),
    sources: string(),
    compiler: string(),
    nodeHeaders: string(),
  }),
]);

const Record = object({
  engine: string(),
  origin: Origin,
  /** sha256 of our own add-on's source that was compiled along. */
  program: optional(string()),
  /** Files that must be there, relative to tfjs-node's folder. */
  files: array(string()),
});

/** What an installed native engine was made from; it lies beside its `node_modules`. */
export type InstallationRecord = InferOutput<typeof Record>;

export type InstallationOrigin = InferOutput<typeof Origin>;

/** The record's name in the engine's folder. */
export const recordName = "installation.json";

/** tfjs-node's folder in an engine's. */
export function tfjsNodeFolder(engineFolder: string): string {
  return join(engineFolder, "node_modules", "@tensorflow", "tfjs-node");
}

/** The source of our own add-on, which runs whole graphs. */
export const programSource = fileURLToPath(new URL("../native/program/program.cc", import.meta.url));

/** sha256 of a file's content, in hexadecimal digits. */
export async function fileHash(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}

/**
 * Reads what is installed.
 *
 * @returns the record, or a sentence that says why it does not hold; undefined where nothing is there.
 */
export async function readInstallation(
  engineFolder: string,
  from: string | undefined,
): Promise<InstallationRecord | string | undefined> {
  if (!existsSync(engineFolder)) return undefined;
  const file = join(engineFolder, recordName);
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return `${engineFolder} was not made by this command`;
  const parsed = safeParse(Record, parseJson(text));
  if (!parsed.success) return `${file} is damaged`;
  const { origin, program, files } = parsed.output;
  const missing = files.find((each) => !existsSync(join(tfjsNodeFolder(engineFolder), each)));
  if (missing) return `${missing} is missing`;
  if (origin.kind === "built" && program !== (await fileHash(programSource))) {
    return `${programAddonFile} was compiled from another source`;
  }
  if (from !== undefined && !(origin.kind === "built" && origin.from === from)) {
    return `it was not made against ${from}`;
  }
  return parsed.output;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
