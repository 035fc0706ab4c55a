import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type LaunchOptions } from "playwright-core";

/**
 * Software WebGPU, no sandbox (which root and most containers cannot have), and none of the connections
 * that Chromium opens on its own account.
 */
const commonFlags = ["--no-sandbox", "--enable-unsafe-webgpu", "--disable-background-networking"];

const isProgram = (path: string) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

const present = () => {
  const own = chromium.executablePath();
  if (own !== "" && existsSync(own)) return own;
  return onPath(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
};

/** Ways to install a Chromium, the one that needs no other knowledge of the system first. */
const installations: readonly (readonly string[])[] = [
  [process.execPath, join("node_modules", "playwright-core", "cli.js"), "install", "--with-deps", "chromium"],
  ["sh", "-c", "apt-get update -q && apt-get install -qy --no-install-recommends chromium"],
];

/**
 * A Chromium to test with: the one `CHROMIUM_PATH` names, Playwright's own, or the system's; where there is
 * none, one is installed.
 *
 * @throws where none can be had, saying what to do
 */
export function findChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (isProgram(named)) return named;
    throw new Error(`CHROMIUM_PATH is "${named}", where there is no program; name a Chromium's executable.`);
  }
  const found = present();
  if (found !== undefined) return found;
  for (const [command, ...parameters] of installations) {
    console.error(`No Chromium here; trying: ${[command, ...parameters].join(" ")}`);
    spawnSync(command!, parameters, { stdio: ["ignore", "inherit", "inherit"], timeout: 300_000 });
    const installed = present();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    "The browser tests need a Chromium, and none was found or could be installed. Install one " +
      "(Debian, Ubuntu: apt-get install chromium), or name one: CHROMIUM_PATH=/path/to/chrome npm test",
  );
}

/** @param flags further switches, such as those of a fake camera */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const options: LaunchOptions = { executablePath: findChromium(), args: [...commonFlags, ...flags] };
  return chromium.launch(options);
}

/** A window of a laptop and one of a small phone. */
export const laptopWindow: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };
export const phoneWindow: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};
