import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { sampleOf, samplePng } from "./samples.js";
import { weightsFileOf } from "./shippedWeights.js";

// Framework names the part of the file's path that is in brackets.
const { sample, weights } = parseArgs({
  options: { sample: { type: "string" }, weights: { type: "string" } },
}).values;

process.stdout.write(
  weights === undefined ? await samplePng(sampleOf(sample)) : await readFile(weightsFileOf(weights)),
);
