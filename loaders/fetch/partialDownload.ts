import { readFile, rm, stat } from "node:fs/promises";
import * as v from "valibot";
import { writeFileWhole } from "../files/writeFile.js";

const stateSchema = v.object({
  address: v.string(),
  /** What `If-Range` sends: a strong ETag, else Last-Modified. */
  validator: v.string(),
  total: v.optional(v.number()),
});

/** What the bytes of a partial download are of. */
export type DownloadState = v.InferOutput<typeof stateSchema>;

/** How far an earlier download of the same address came. */
export interface PartialDownload {
  /** Bytes on the disk; 0 if there are none that can be continued. */
  readonly bytes: number;
  readonly state: DownloadState | undefined;
}

/** The file next to a partial download that says what it is of. */
export const stateFile = (part: string): string => `${part}.json`;

/** Reads how far a download came. Bytes that nothing identifies, or of another address, are not continued. */
export async function readPartial(part: string, address: string): Promise<PartialDownload> {
  const size = await stat(part).then(
    (status) => status.size,
    () => 0,
  );
  const text = await readFile(stateFile(part), "utf8").catch(() => "");
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), stateSchema), text);
  if (!parsed.success || parsed.output.address !== address) return { bytes: 0, state: undefined };
  const { total } = parsed.output;
  return total !== undefined && size > total
    ? { bytes: 0, state: undefined }
    : { bytes: size, state: parsed.output };
}

/** What tells one version of a file from another; null if the server does not say. */
export function validatorOf(headers: Headers): string | null {
  const tag = headers.get("etag");
  return tag !== null && !tag.startsWith("W/") ? tag : headers.get("last-modified");
}

/** Records what the bytes that follow are of; without a validator they could not be continued. */
export async function writeState(
  part: string,
  address: string,
  headers: Headers,
  total?: number,
): Promise<void> {
  const validator = validatorOf(headers);
  if (validator === null) await rm(stateFile(part), { force: true });
  else await writeFileWhole(stateFile(part), JSON.stringify({ address, validator, total }));
}

/** Deletes a partial download. */
export async function removePartial(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(stateFile(part), { force: true });
}
