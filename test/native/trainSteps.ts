import { parseEngineChoice } from "../../loaders/engine/engineChoice.js";
import { startEngine } from "../../loaders/engine/startEngine.js";
import { Trainer } from "../../loaders/training/trainer.js";
import { targetsOf } from "../../src/detection/imageTargets.js";
import { noise } from "../loaders/engine/finiteDifferences.js";
import { tinyModel, tinyStudy } from "../loaders/training/tinyStudy.js";

// Takes steps of a tiny detector on the engine that is named, and prints each one's loss and gradient length.

const [engine = "", steps = ""] = process.argv.slice(2);
const { versions } = await startEngine(parseEngineChoice(engine, "The test"));
const trainer = new Trainer(tinyStudy(), tinyModel, 1);
const examples = [0, 1].map((index) => ({
  pixels: noise(64 * 64 * 3, index),
  targets: targetsOf(trainer.anchors, Float32Array.of(8, 8 + 16 * index, 40, 36 + 16 * index), [index]),
}));
const taken = [];
for (let step = 0; step < Number(steps); step++) {
  const { loss, gradientNorm } = await trainer.train(examples);
  taken.push({ loss, gradientNorm });
}
process.stdout.write(JSON.stringify({ versions, taken }), () => process.exit(0));
