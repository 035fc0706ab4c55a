import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { sitePages } from "./pages.js";
import { findIsolation } from "./withoutNetwork.js";

test("the site builds from its sources alone where there is no network", (context) => {
  const reason = inject("builtOnlineBecause");
  if (reason !== null) context.skip(reason);
  // The set-up of these tests built it so, and would have ended them all had that failed.
  expect(
    sitePages()
      .map((path) => path.replace(/\/$/, "/index"))
      .filter((path) => !existsSync(join(inject("siteFolder"), `${path}.html`))),
  ).toEqual([]);
});

test("building the site looks up no version of any package", async () => {
  // Framework leaves a folder for each version that it looks up; the ones it finds beforehand are seeded.
  const versions = await readdir(join(inject("siteFolder"), "..", "src", ".observablehq", "cache", "_npm"), {
    recursive: true,
  });
  expect(
    versions.filter((name) => name.includes("@", 1) && !/@0\.0\.0$|(htl|isoformat)@/.test(name)),
  ).toEqual([]);
});

test("every page of the site can be served and read where there is no network", (context) => {
  const isolation = findIsolation();
  if (!isolation.works) return context.skip(isolation.reason);
  const command = [process.execPath, "--import", "tsx", "test/browser/browse.ts", inject("siteFolder")];
  const [program, ...parameters] = isolation.wrap(command);
  const output = execFileSync(program, parameters, { encoding: "utf8", timeout: 300_000 });
  expect(JSON.parse(output)).toEqual(Object.fromEntries(sitePages().map((path) => [path, []])));
}, 300_000);
