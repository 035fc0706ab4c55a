import { statfs } from "node:fs/promises";
import { InstallError, makeRoom } from "./installError.js";
import type { Wheel } from "./pins.js";

/**
 * Checks that the disk has room for wheels and their contents.
 *
 * @param folder any folder on that disk.
 * @throws InstallError saying how much is needed and how much is free.
 */
export async function requireRoom(folder: string, wheels: readonly Wheel[]): Promise<void> {
  // A wheel unpacks to about three times its size, and both exist at the same time.
  const needed = wheels.reduce((sum, { bytes }) => sum + bytes, 0) * 4;
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new InstallError(
    "looking for room",
    `${gigabytes(needed)} are needed in ${folder}, and ${gigabytes(free)} are free.`,
    makeRoom,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
