import { rmSync } from "node:fs";
import { mkdir, open, readFile, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { errorCode } from "./errorCode.js";
import { lifeOf, type ProcessIdentity, thisProcess } from "./processIdentity.js";
import { writeFailure } from "./writeFailure.js";

/** A lock that its process has not touched for this long is abandoned, if nothing else tells whether that runs. */
const abandonedAfterMs = 5 * 60_000;
const touchEveryMs = 5_000;
/** Longer than a process takes from creating its lock to naming itself in it. */
const unnamedForMs = 2_000;
const lookEveryMs = 100;

const holderSchema = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  machine: v.string(),
  start: v.string(),
  since: v.string(),
});

/** The process that holds a lock, and since when. */
export interface LockHolder extends ProcessIdentity {
  /** ISO 8601. */
  readonly since: string;
}

export type LockAttempt =
  | { readonly release: () => Promise<void>; readonly holder?: undefined }
  | { readonly holder: LockHolder };

/**
 * Takes a lock, a file that names its process, unless another process holds it. A lock whose process has ended, killed
 * or not, is taken over.
 *
 * @throws Error naming the file, if it cannot be written
 */
export async function tryLock(file: string): Promise<LockAttempt> {
  for (;;) {
    if (await create(file)) return { release: keep(file) };
    const found = await read(file);
    // It has just been released.
    if (found === undefined) continue;
    if (isAbandoned(found)) await removeAbandoned(file, found.text);
    else if (found.holder) return { holder: found.holder };
    // Its process is about to name itself.
    else await sleep(lookEveryMs);
  }
}

/**
 * Does `act` while holding a lock.
 *
 * @param refusal the message of the error if another process holds it
 */
export async function withLock<T>(
  file: string,
  refusal: (holder: LockHolder) => string,
  act: () => Promise<T>,
): Promise<T> {
  const attempt = await tryLock(file);
  if (attempt.holder) throw new Error(refusal(attempt.holder));
  try {
    return await act();
  } finally {
    await attempt.release();
  }
}

/** "process 12 (since 2026-01-01 10:00:00 UTC, lock.file)". */
export function holderWords({ pid, machine, since }: LockHolder, file: string): string {
  const place = machine === thisProcess().machine ? "" : " of another computer or container";
  return `process ${pid}${place} (since ${since.slice(0, 19).replace("T", " ")} UTC, ${file})`;
}

const held = new Set<string>();

/** For a process that is about to end without finishing what it holds locks for. */
export function releaseLocksNow(): void {
  for (const file of held) rmSync(file, { force: true });
  held.clear();
}

/** @returns false if there is a lock already */
async function create(file: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
    throw writeFailure(file, error);
  });
  try {
    const handle = await open(file, "wx");
    try {
      await handle.writeFile(JSON.stringify({ ...thisProcess(), since: new Date().toISOString() }));
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw writeFailure(file, error);
  }
}

function keep(file: string): () => Promise<void> {
  if (held.size === 0) process.once("exit", releaseLocksNow);
  held.add(file);
  const touching = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, touchEveryMs);
  touching.unref();
  return async () => {
    clearInterval(touching);
    held.delete(file);
    if (held.size === 0) process.off("exit", releaseLocksNow);
    await rm(file, { force: true });
  };
}

interface FoundLock {
  readonly text: string;
  /** Undefined if the file does not name one. */
  readonly holder: LockHolder | undefined;
  readonly untouchedMs: number;
}

async function read(file: string): Promise<FoundLock | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
    return { text, holder: holderIn(text), untouchedMs: Date.now() - mtimeMs };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function holderIn(text: string): LockHolder | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), holderSchema), text);
  return parsed.success ? parsed.output : undefined;
}

function isAbandoned({ holder, untouchedMs }: FoundLock): boolean {
  if (!holder) return untouchedMs > unnamedForMs;
  const life = lifeOf(holder);
  return life === "ended" || (life === "unknown" && untouchedMs > abandonedAfterMs);
}

/**
 * Removes an abandoned lock, itself under a lock: of two processes that find it abandoned, the slower one would
 * otherwise remove the lock that the faster one has taken since.
 */
async function removeAbandoned(file: string, text: string): Promise<void> {
  const attempt = await tryLock(`${file}.takeover`);
  if (attempt.holder) return sleep(lookEveryMs);
  try {
    if ((await read(file))?.text === text) await rm(file, { force: true });
  } finally {
    await attempt.release();
  }
}
