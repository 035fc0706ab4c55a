import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

/** The site's typefaces, both under the SIL Open Font License 1.1, Latin subsets. */
const faceFiles = {
  serif: "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
  "serif-italic": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2",
  sans: "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
} as const;

const { face } = parseArgs({ options: { face: { type: "string" } } }).values;
const file = Object.entries(faceFiles).find(([name]) => name === face)?.[1];
if (file === undefined) {
  throw new Error(
    `font: there is no typeface "${face}"; choose one of ${Object.keys(faceFiles).join(", ")}.`,
  );
}
process.stdout.write(await readFile(createRequire(import.meta.url).resolve(file)));
