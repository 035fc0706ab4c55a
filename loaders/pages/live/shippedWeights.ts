import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { dataFolder } from "../../records/records.js";

const folder = join(dataFolder, "weights");
const extension = ".safetensors";

/** Weights that come with the site. */
export interface ShippedWeights {
  /** The file's name without its extension, which is the id of the run that made it. */
  readonly id: string;
  readonly file: string;
}

/** Everything in `data/weights`, by name. Empty without such a folder. */
export function shippedWeights(): ShippedWeights[] {
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith(extension) && !name.startsWith("."))
    .sort()
    .map((name) => ({ id: name.slice(0, -extension.length), file: join(folder, name) }));
}

/** @throws Error that lists the weights, if there are none of that id */
export function weightsFileOf(id: string | undefined): string {
  const shipped = shippedWeights();
  const found = shipped.find((entry) => entry.id === id);
  if (found) return found.file;
  const names = shipped.map((entry) => entry.id).join(", ") || "none";
  throw new Error(`data/weights has no "${id}${extension}"; it has: ${names}.`);
}
