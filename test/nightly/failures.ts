import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NightlyFailure, NightlyPart } from "./part.js";

const folder = join("test", "nightly", "failures");

/**
 * Writes a failing case as JSON: the check, the error, the case, and the command that repeats it.
 *
 * @returns the file's path
 */
export async function writeFailure(
  part: NightlyPart,
  { seed, runs }: { readonly seed: number; readonly runs: number },
  { check, error, input }: NightlyFailure,
): Promise<string> {
  const file = join(folder, `${part.name}-${check.replace(/\W+/g, "-")}-${seed}.json`);
  const command = `npm run test:nightly -- --only ${part.name} --check ${JSON.stringify(check)} --seed ${seed} --runs ${runs}`;
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await mkdir(folder, { recursive: true });
  await writeFile(
    file,
    `${JSON.stringify({ part: part.name, check, command, error: told, input }, null, 2)}\n`,
  );
  return file;
}
