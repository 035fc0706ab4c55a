import { open } from "node:fs/promises";
import { basename } from "node:path";
import { Command } from "commander";
import { fileKindOf, kindBytes } from "../../src/checkpoints/fileKind.js";
import { decodeImage } from "../datasets/image.js";
import type { EngineChoice } from "../engine/engineChoice.js";
import { enginePass } from "../engine/steps/enginePass.js";
import { writeFileWhole } from "../files/writeFile.js";
import { log } from "../log.js";
import { printJson } from "../terminal.js";
import { drawingFiles, drawingName } from "./drawingFiles.js";
import { drawObjects } from "./drawObjects.js";
import { engineOption, parseFraction } from "./options.js";

interface DetectOptions {
  readonly engine: EngineChoice;
  readonly score: number;
  readonly draw?: string;
}

/** `detect`: boxes for images, on standard output as a COCO results array. */
export function detectCommand(): Command {
  return new Command("detect")
    .description(
      "Detects objects in images. Prints a COCO results array; image_id numbers the images from 1, and file_name is added.",
    )
    .argument("<weights>", "a .safetensors file of this project")
    .argument("<images...>", "JPEG, PNG or WebP files")
    .addOption(engineOption())
    .option("--score <least>", "minimum score, from 0 to 1", parseFraction, 0.3)
    .option("--draw <dir>", "also write each image with its boxes as PNG")
    .action(detect);
}

async function detect(weightsFile: string, files: readonly string[], options: DetectOptions): Promise<void> {
  await refuseImage(weightsFile);
  // tfjs takes a second to load; other commands and --help should not wait for it.
  const [{ startEngine }, { Detector }, { readWeights }] = await Promise.all([
    import("../engine/startEngine.js"),
    import("../../src/detection/detector.js"),
    import("../records/weightsFile.js"),
  ]);
  const { weights } = await readWeights(weightsFile);
  const drawings = options.draw === undefined ? undefined : drawingFiles(files, options.draw);
  for (const [index, file] of drawings?.entries() ?? []) {
    if (basename(file) !== drawingName(files[index]!))
      log.info(`${files[index]} is drawn as ${file}: the name is taken`);
  }
  const engine = await startEngine(options.engine);
  const detector = Detector.of(weights, undefined, enginePass);
  const rows: object[] = [];
  for (const [index, file] of files.entries()) {
    const image = await decodeImage(file);
    const found = await detector.detect({ ...image, channels: 3 });
    const shown = found.filter(({ score }) => score >= options.score);
    log.info(`${file}: ${shown.length} objects, on ${engine.name}`);
    for (const { categoryId, bbox, score, name } of shown) {
      rows.push({ image_id: index + 1, category_id: categoryId, bbox, score, name, file_name: file });
    }
    if (drawings) await writeFileWhole(drawings[index]!, await drawObjects(image, shown));
  }
  detector.dispose();
  printJson(rows);
}

/** Weights and images on one command line are easily swapped. */
async function refuseImage(weightsFile: string): Promise<void> {
  const start = new Uint8Array(kindBytes);
  const file = await open(weightsFile).catch(() => undefined);
  // A file that cannot be opened is reported when the weights are read.
  await file?.read(start).catch(() => undefined);
  await file?.close();
  const kind = fileKindOf(start);
  if (kind?.image) {
    throw new Error(
      `${weightsFile}: this is ${kind.name}, but the weights come first: detect <weights> <images...>.`,
    );
  }
}
