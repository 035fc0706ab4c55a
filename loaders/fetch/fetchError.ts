import type { PublishedRow } from "../records/publishedTables.js";

/** An official checkpoint, as data/reference/checkpoints.csv has it. */
export type PublishedCheckpoint = PublishedRow<"checkpoints">;

/** A download that failed for a reason the user cannot repair here: which one, and the other ways to get the file. */
export class FetchError extends Error {
  /** @param reason one sentence */
  constructor(reason: string, { name, address }: PublishedCheckpoint, options?: ErrorOptions) {
    super(`${reason} ${otherWays(name, address)}`, options);
  }
}

function otherWays(name: string, address: string): string {
  const { hostname, pathname } = new URL(address);
  const browser =
    hostname === "storage.googleapis.com" ? `https://storage.cloud.google.com${pathname}` : address;
  const bucket =
    hostname === "storage.googleapis.com" ? `gsutil cp gs:/${pathname} . (with a Google account), ` : "";
  return (
    `Other ways to get it: ${bucket}a browser at ${browser} (which may ask you to log in), or a mirror or colleague. ` +
    `Then run: fetch ${name} --from FILE, with the .tar.gz.`
  );
}
