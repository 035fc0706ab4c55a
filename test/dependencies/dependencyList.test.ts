import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { dependencyList, listFile, readManifest } from "./dependencyList.js";
import { readLockFile } from "./lockFile.js";

const lock = await readLockFile();

test("the list of dependencies is the one that `npm run dependencies` would write", async () => {
  expect(await readFile(listFile, "utf8")).toBe(await dependencyList(lock));
});

test("installed packages have the licences that the lock file says", async () => {
  const checked = await Promise.all(
    [...lock.entries].map(async ([folder, { license, version }]) => {
      const manifest = await readManifest(folder).catch(() => undefined);
      return manifest && { folder, same: manifest.license === license && manifest.version === version };
    }),
  );
  const installed = checked.filter((each) => each !== undefined);
  expect(installed.length).toBeGreaterThan(400);
  expect(installed.filter(({ same }) => !same)).toEqual([]);
});

/** Licences under which a package may be used here, alone or as one choice of several. */
const accepted = [
  ...[
    "MIT",
    "MIT-0",
    "ISC",
    "0BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
  ],
  ...["Unlicense", "Python-2.0", "Zlib", "OFL-1.1"],
  // Used unchanged, and not part of what the site ships: the builds of libvips for sharp, and axe-core and lightningcss.
  ...["LGPL-3.0-or-later", "MPL-2.0"],
];

test("every package has a licence that lets this project use it as it does", () => {
  const isAccepted = (licence: string): boolean => {
    const choices = licence.replace(/[()]/g, "").split(" OR ");
    return choices.some((choice) => choice.split(" AND ").every((one) => accepted.includes(one)));
  };
  const refused = [...lock.entries].filter(([, { license = "" }]) => !isAccepted(license));
  expect(refused.map(([folder, { license }]) => `${folder}: ${license}`)).toEqual([]);
});
