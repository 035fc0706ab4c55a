/** Reads a checkpoint's files and writes their bytes to another, as `convert` writes: what no converter can save. */
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeFileWhole } from "../../loaders/files/writeFile.js";

const [prefix = "", out = ""] = process.argv.slice(2);
const names = (await readdir(dirname(prefix))).filter((name) => name.startsWith(`${basename(prefix)}.`));
const files = await Promise.all(names.map((name) => readFile(join(dirname(prefix), name))));
await writeFileWhole(out, files);
console.log("{}");
