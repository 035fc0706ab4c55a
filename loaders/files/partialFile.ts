import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { lifeOf, thisProcess } from "./processIdentity.js";

const namePattern = /^\.([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f-]{36}\.partial$/;
const swept = new Set<string>();

/**
 * A new name in a folder for what is not complete yet; it is to be renamed. It says which process is writing, so what a
 * killed one has left there can be removed, which happens before the first such name in each folder.
 */
export async function partialPath(folder: string): Promise<string> {
  if (!swept.has(folder)) {
    swept.add(folder);
    await sweepPartials(folder);
  }
  const { machine, pid, start } = thisProcess();
  return join(folder, `.${machine}-${pid}-${start}-${randomUUID()}.partial`);
}

/** Removes what processes of this project that have ended left half written in a folder. */
async function sweepPartials(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, machine, pid, start] = namePattern.exec(name) ?? [];
    if (machine === undefined) continue;
    if (lifeOf({ machine, pid: Number(pid), start: start! }) !== "ended") continue;
    // Of what another process is removing, or another user owns, nothing depends on its removal here.
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}
