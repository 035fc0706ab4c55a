import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tfjsNodeFolder } from "./installation.js";
import { runNpm } from "./npmPackage.js";
import type { NpmPackage } from "./pins.js";

const addonFile = join("lib", "napi-v8", "tfjs_binding.node");

/** Where tfjs-node's install script looks for its binaries. */
function binaryHost(): string {
  return process.env.TFJS_NODE_CDN_STORAGE || "https://storage.googleapis.com/";
}

/**
 * Installs tfjs-node with the binaries that its authors publish outside npm's registry.
 *
 * @param engineFolder is created.
 * @returns why it is not available, or undefined once it is installed; the self-test checks that it loads.
 * @throws ToolError if npm fails, or takes longer than five minutes.
 */
export async function installPublished(
  { name, version }: NpmPackage,
  engineFolder: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (`${process.platform}-${process.arch}` !== "linux-x64") {
    return "its makers publish none for this platform";
  }
  const unreachable = await whyUnreachable(version);
  if (unreachable) return unreachable;
  await mkdir(engineFolder, { recursive: true });
  await writeFile(join(engineFolder, "package.json"), `${JSON.stringify({ private: true })}\n`);
  await runNpm(["install", "--no-audit", "--no-fund", "--save-exact", `${name}@${version}`], {
    cwd: engineFolder,
    signal,
    timeout: 300,
  });
  const file = join(tfjsNodeFolder(engineFolder), addonFile);
  return existsSync(file) ? undefined : "npm installed it without its binary";
}

/** npm would fetch a hundred packages before it failed. Behind a proxy that only npm knows, this cannot tell. */
async function whyUnreachable(version: string): Promise<string | undefined> {
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return undefined;
  const address = new URL(
    `tf-builds/pre-built-binary/napi-v8/${version}/CPU-linux-${version}.tar.gz`,
    binaryHost(),
  );
  try {
    const { ok, status } = await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(5000) });
    return ok ? undefined : `${address.host} answers ${status}`;
  } catch {
    return `${address.host} cannot be reached`;
  }
}
