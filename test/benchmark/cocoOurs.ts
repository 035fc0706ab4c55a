/**
 * Measures a pair of COCO files by this project and prints the twelve numbers and the CPU seconds of evaluating and
 * accumulating alone: `node --import tsx test/benchmark/cocoOurs.ts ANNOTATIONS DETECTIONS bbox|segm`.
 */
import { createReadStream } from "node:fs";
import { evaluateTables } from "../../src/coco/evaluate.js";
import { readDetections } from "../../src/coco/reading/readDetections.js";
import { readGroundTruth } from "../../src/coco/reading/readGroundTruth.js";

const [annotations, detections, iouType] = process.argv.slice(2);
if (annotations === undefined || detections === undefined || (iouType !== "bbox" && iouType !== "segm")) {
  throw new Error("It takes ANNOTATIONS DETECTIONS bbox|segm.");
}
const { table: truths } = await readGroundTruth(createReadStream(annotations), annotations, iouType);
const { table: found } = await readDetections(createReadStream(detections), truths, detections, iouType);
const before = process.cpuUsage();
const { stats } = evaluateTables(truths, found, iouType);
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${JSON.stringify({ stats, evaluateSeconds: (user + system) / 1e6 })}\n`);
