import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readFailure } from "../../../loaders/files/readFailure.js";

const here = fileURLToPath(import.meta.url);

it.each([
  ["no such file", join(here, "..", "none.json"), "does not exist"],
  ["a file for a folder", join(here, "none.json"), "does not exist"],
  ["a folder for a file", join(here, ".."), "is a folder, but a file is needed"],
])("says why %s cannot be read", async (_, file, sentence) => {
  const error = await readFile(file).catch((reason: unknown) => reason);
  expect(readFailure(error)).toBe(sentence);
});

it.each([
  [Object.assign(new Error("x"), { code: "EACCES" }), "cannot be read with your permissions"],
  [Object.assign(new Error("x"), { code: "EMFILE" }), "cannot be read (EMFILE)"],
  ["odd", "cannot be read (odd)"],
])("says of %s: %s", (error, sentence) => {
  expect(readFailure(error)).toBe(sentence);
});
