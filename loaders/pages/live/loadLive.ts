import { readFile } from "node:fs/promises";
import { costsOf } from "../../../src/architecture/costs/costs.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { decodeWeights, type Weights } from "../../../src/checkpoints/weights.js";
import { type DetectedObject, Detector } from "../../../src/detection/detector.js";
import { fitsWeights, type LiveData, type LiveWeights } from "../../../src/pageData/live.js";
import { startEngine } from "../../engine/startEngine.js";
import { enginePass } from "../../engine/steps/enginePass.js";
import type { RunRecord } from "../../records/record.js";
import { readRecords } from "../../records/records.js";
import { samples } from "./samples.js";
import { type ShippedWeights, shippedWeights } from "./shippedWeights.js";

/**
 * Lists the shipped weights with their run records and the samples, and detects objects with each in the samples that it fits.
 *
 * @throws Error naming the file, if weights or a record cannot be read.
 */
export async function loadLive(): Promise<LiveData> {
  const opened = await Promise.all(samples.map(async (sample) => ({ sample, image: await sample.open() })));
  const records = await readRecords();
  const shipped = shippedWeights();
  if (shipped.length > 0) await startEngine("wasm");
  const weights: LiveWeights[] = [];
  for (const entry of shipped) {
    const file = await readFile(entry.file);
    const decoded = decodeWeights(file, entry.file);
    if (decoded.model.head.kind !== "retinanet") continue;
    const detector = Detector.of(decoded, undefined, enginePass);
    const classes = decoded.classes.map(({ name }) => name);
    const stored: Record<string, DetectedObject[]> = {};
    for (const { sample, image } of opened) {
      if (!fitsWeights(sample.subjects, classes)) continue;
      stored[sample.id] = (await detector.detect({ ...image, channels: 3 })).map(rounded);
    }
    detector.dispose();
    weights.push({ ...described(entry, decoded, records), bytes: file.length, stored });
  }
  return {
    weights: weights.sort((a, b) => Number(isPermuted(b)) - Number(isPermuted(a))),
    samples: opened.map(({ sample: { open: _, ...rest }, image: { width, height } }) => ({
      ...rest,
      width,
      height,
    })),
  };
}

/** SpineNets come first: the site is about them. */
const isPermuted = ({ model }: LiveWeights) => model.startsWith("SpineNet");

function described(
  { id }: ShippedWeights,
  { model, classes }: Weights,
  records: readonly RunRecord[],
): Omit<LiveWeights, "bytes" | "stored"> {
  const record = records.find((entry) => entry.kind === "train" && entry.id === id);
  const [height, width] = model.inputSize;
  return {
    id,
    title: record?.title ?? id,
    model: model.name,
    classes: classes.map(({ name }) => name),
    inputSize: [height, width],
    parameters: costsOf(layersOf(model)).parameters.trainable,
    measured: record === undefined ? null : measuredIn(record),
  };
}

function measuredIn({ id, data, metrics }: RunRecord): LiveWeights["measured"] {
  const AP = "stats" in metrics ? metrics.stats[0]! : -1;
  return {
    AP: AP < 0 ? null : AP,
    on: `${data.images} images of ${data.name} (${data.split})`,
    source: `data/runs/${id}.json`,
  };
}

/** To a hundredth of a pixel and a ten-thousandth of a score; engines differ by more. */
function rounded({ bbox: [x, y, width, height], score, ...rest }: DetectedObject): DetectedObject {
  const hundredth = (value: number) => Math.round(value * 100) / 100;
  return {
    ...rest,
    bbox: [hundredth(x), hundredth(y), hundredth(width), hundredth(height)],
    score: Math.round(score * 10_000) / 10_000,
  };
}
