import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { generateDataset } from "../datasets/scenes/generateDataset.js";
import { writeScenes } from "../datasets/scenes/writeScenes.js";
import { log } from "../log.js";
import { parseWhole } from "./options.js";

interface ScenesOptions {
  readonly out: string;
  readonly count: number;
  readonly val?: number;
  readonly seed: number;
  readonly size: number;
}

/** `scenes`: generated scenes as a COCO-format folder, for use without a data set. */
export function scenesCommand(): Command {
  return new Command("scenes")
    .description(
      "Writes generated scenes as a COCO-format folder: objects on painted backgrounds, the same on every machine.",
    )
    .requiredOption("--out <dir>", "output folder; must be new or empty")
    .option("--count <n>", "training images", parseWhole, 500)
    .option("--val <n>", "validation images (default: a fifth of --count, at least 1)", parseWhole)
    .option("--seed <n>", "random seed", parseWhole, 0)
    .option("--size <pixels>", "side of the square images", parseWhole, 320)
    .action(scenes);
}

async function scenes({ out, count, seed, size, ...options }: ScenesOptions): Promise<void> {
  const val = options.val ?? Math.max(1, Math.round(count / 5));
  const datasets = [
    await generateDataset({ split: "train", count, seed, size }),
    await generateDataset({ split: "val", count: val, seed, size }),
  ];
  const bar = new SingleBar({
    format: "scenes {bar} {value}/{total} | {eta_formatted}",
    stream: process.stderr,
  });
  bar.start(count + val, 0);
  try {
    await writeScenes(out, datasets, () => bar.increment());
  } finally {
    bar.stop();
  }
  const objects = datasets.reduce((sum, { coco }) => sum + coco.annotations.length, 0);
  log.success(`${out}: ${count} training and ${val} validation images with ${objects} objects.`);
}
