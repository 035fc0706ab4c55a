import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import { tableLines } from "../../../loaders/tableLines.js";
import { readExpected } from "./expected.js";
import { converted, type Parity, parityOf } from "./parity.js";

// Converts each checkpoint of a folder that checkpoints.py wrote, computes its network, and prints how far the results
// are from the Model Garden's: npm run --silent measure:model-garden -- DIR [NAME...]

const [folder = "", ...only] = process.argv.slice(2);
const engine = await startEngine("auto");
const names = readdirSync(folder).filter(
  (name) => existsSync(join(folder, name, "ckpt-1.index")) && (only.length === 0 || only.includes(name)),
);
const rows = [
  ["network", "stored as", "features", "classes", "box codes", "detections in both", "box, px", "score"],
];
for (const name of names) {
  const expected = await readExpected(join(folder, name, "expected.safetensors"));
  const { shape, values } = expected.get("pixels")!;
  for (const type of ["F32", "F16"] as const) {
    const weights = await converted(join(folder, name, "ckpt-1"), shape[1]!, type);
    const pixels = tf.tensor4d(Float32Array.from(values), shape as [number, number, number, number]);
    rows.push(rowOf(name, type === "F32" ? "float32" : "float16", parityOf(weights, pixels, expected)));
    pixels.dispose();
    process.stderr.write(`${name} ${type}\n`);
  }
}
process.stdout.write(
  `${engine.name}: ${JSON.stringify(engine.versions)}\n${tableLines(rows, "").join("\n")}\n`,
);

function rowOf(name: string, stored: string, { maps, boxes }: Parity): string[] {
  const share = (value: number | undefined) => (value === undefined ? "" : value.toExponential(1));
  const detections = boxes
    ? [`${boxes.shared} of ${boxes.expected}`, share(boxes.pixels), share(boxes.score)]
    : ["", "", ""];
  return [
    name,
    stored,
    share(maps.feature),
    share(maps.class ?? maps.logits),
    share(maps.box),
    ...detections,
  ];
}
