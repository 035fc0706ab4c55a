import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { attackedFiles, secret } from "./hostileRequest.js";

export interface AttackedSite {
  readonly url: string;
  readonly files: Readonly<Record<string, string>>;
  /** Removes, cuts and rebuilds files until the signal, then leaves the site whole. */
  disturb(random: () => number, signal: AbortSignal): Promise<void>;
  /** How the server's process ended; undefined while it runs. */
  ended(): string | undefined;
  /** Everything that it has said on standard error. */
  said(): string;
  remove(): Promise<void>;
}

/** A small site in a temporary folder, with links that lead out of it, served by a process of its own. */
export async function attackedSite(): Promise<AttackedSite> {
  const root = await mkdtemp(join(tmpdir(), "spinenet-attack-"));
  const [whole, folder] = [join(root, "whole"), join(root, "dist")];
  const files = Object.fromEntries(Object.values(attackedFiles).map((name) => [name, contentOf(name)]));
  await build(whole, files);
  await writeFile(join(root, "secret.txt"), secret);
  await cp(whole, folder, { recursive: true, verbatimSymlinks: true });
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join("test", "nightly", "server", "serve.ts"), folder],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let end: string | undefined;
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  child.on("exit", (code, signal) => {
    end = `The server ended with ${signal ?? `exit code ${code}`}: ${said.slice(-500)}`;
  });
  const [url] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    once(child, "exit").then(() => Promise.reject(new Error(end))),
  ]);
  return {
    url,
    files,
    ended: () => end,
    said: () => said,
    async disturb(random, signal) {
      while (!signal.aborted) {
        await disturbOnce(random(), { folder, whole, names: Object.keys(files) });
        await wait(random() * 20);
      }
      await rebuild(folder, whole);
    },
    async remove() {
      if (end === undefined) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      await rm(root, { recursive: true });
    },
  };
}

const large = "0123456789abcdef".repeat(2 ** 16);

function contentOf(name: string): string {
  if (name.startsWith("empty")) return "";
  return name.startsWith("large")
    ? large
    : `<!doctype html><script>void ${JSON.stringify(name)}</script>${name}`;
}

async function build(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(folder, "_import"), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await writeFile(join(folder, "404.html"), "missing");
  for (const [target, name] of [
    ["../secret.txt", "link.txt"],
    ["..", "up"],
    ["loop", "loop"],
  ] as const) {
    await symlink(target, join(folder, name));
  }
}

interface Disturbed {
  readonly folder: string;
  readonly whole: string;
  readonly names: readonly string[];
}

async function disturbOnce(chance: number, { folder, whole, names }: Disturbed): Promise<void> {
  const name = names[Math.floor(chance * 1000) % names.length]!;
  const file = join(folder, name);
  if (chance < 0.4) await rm(file, { force: true });
  else if (chance < 0.6) await truncate(file, 3).catch(() => undefined);
  else if (chance < 0.9) await replaceFile(join(whole, name), file);
  else await rebuild(folder, whole);
}

async function replaceFile(from: string, file: string): Promise<void> {
  await cp(from, `${file}.new`);
  await rename(`${file}.new`, file);
}

async function rebuild(folder: string, whole: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await cp(whole, folder, { recursive: true, verbatimSymlinks: true });
}
