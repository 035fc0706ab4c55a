import { writeFileWhole } from "../../loaders/files/writeFile.js";
import { dependencyList, listFile } from "./dependencyList.js";
import { readLockFile } from "./lockFile.js";

await writeFileWhole(listFile, await dependencyList(await readLockFile()));
console.error(`Wrote ${listFile}.`);
