import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { array, type InferOutput, literal, object, optional, record, safeParse, string } from "valibot";
import { fileHash } from "../../files/fileHash.js";
import { programAddonFile } from "../native/program/programAddon.js";

const originSchema = object({
  kind: literal("built"),
  /** Packages with their versions, or the folder given by `--from`. */
  against: string(),
  /** Absolute path of the folder given by `--from`. */
  from: optional(string()),
  /** sha256 of the libraries in that folder, by path. */
  linked: optional(record(string(), string())),
  sources: string(),
  compiler: string(),
  nodeHeaders: string(),
});

const installationSchema = object({
  engine: string(),
  origin: originSchema,
  /** sha256 of the source of our own add-on, which was compiled too. */
  program: string(),
  /** sha256 of each fetched TensorFlow library, by file name; empty if they are only linked. */
  libraries: record(string(), string()),
  /** Files that must be there, relative to tfjs-node's folder. */
  files: array(string()),
});

/** What an installed native engine was made from; stored next to its `node_modules`. */
export type InstallationRecord = InferOutput<typeof installationSchema>;

export type InstallationOrigin = InferOutput<typeof originSchema>;

/** The record's file name in the engine's folder. */
export const recordName = "installation.json";

/** tfjs-node's folder in an engine's. */
export function tfjsNodeFolder(engineFolder: string): string {
  return join(engineFolder, "node_modules", "@tensorflow", "tfjs-node");
}

const sourceOf = (name: string): string =>
  fileURLToPath(new URL(`../native/program/${name}`, import.meta.url));

/** The sources of our own add-on, which runs whole graphs and has operations of its own. */
export const programSources = ["program.cc", "kernels.cc", "featureMaps.cc"].map(sourceOf);

/** sha256 of the add-on's sources and their headers. */
export async function programHash(): Promise<string> {
  const files = [...programSources, ...["kernels.h", "kernelApi.h", "featureMaps.h"].map(sourceOf)];
  const hash = createHash("sha256");
  for (const file of files) hash.update(await fileHash(file));
  return hash.digest("hex");
}

/** What an engine should have been made from. */
interface WantedOrigin {
  /** Absolute path of the folder given by `--from`. */
  readonly from: string | undefined;
  /** The pinned packages with their versions; empty if there are none for this platform. */
  readonly against: string;
}

/**
 * Reads what is installed.
 *
 * @returns the record, or a clause saying why it is not valid; undefined if nothing is installed.
 */
export async function readInstallation(
  engineFolder: string,
  wanted: WantedOrigin,
): Promise<InstallationRecord | string | undefined> {
  if (!existsSync(engineFolder)) return undefined;
  const file = join(engineFolder, recordName);
  if (!existsSync(file)) return `${engineFolder} was not made by this command`;
  const installation = await readRecord(engineFolder);
  if (!installation) return `${file} is damaged or from an earlier version`;
  const { origin, program, files } = installation;
  const missing = files.find((each) => !existsSync(join(tfjsNodeFolder(engineFolder), each)));
  if (missing) return `${missing} is missing`;
  if (program !== (await programHash())) {
    return `${programAddonFile} was compiled from another source`;
  }
  for (const [library, hash] of Object.entries(origin.linked ?? {})) {
    if ((await fileHash(library)) !== hash) return `${library} has changed since`;
  }
  return whyUnwanted(origin, wanted) ?? installation;
}

function whyUnwanted(origin: InstallationOrigin, wanted: WantedOrigin): string | undefined {
  if (wanted.from !== undefined && origin.from !== wanted.from)
    return `it was not made against ${wanted.from}`;
  const outdated = origin.from === undefined && wanted.against !== "" && origin.against !== wanted.against;
  return outdated ? `it was made against ${origin.against}` : undefined;
}

/** The record, valid or not; undefined if there is none, or it cannot be read. */
export async function readRecord(engineFolder: string): Promise<InstallationRecord | undefined> {
  const text = await readFile(join(engineFolder, recordName), "utf8").catch(() => "");
  const parsed = safeParse(installationSchema, parseJson(text));
  return parsed.success ? parsed.output : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
