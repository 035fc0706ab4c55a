import * as tf from "@tensorflow/tfjs-core";
import { withCheckpoint } from "../../../loaders/checkpoints/withCheckpoint.js";
import { type Graph, graphOf } from "../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../src/architecture/layers/tensors.js";
import type { Model } from "../../../src/architecture/model/model.js";
import type { StoredType } from "../../../src/checkpoints/safetensors.js";
import { convertedWeights } from "../../../src/checkpoints/tensorflow/conversion/convertedWeights.js";
import { prepareConversion } from "../../../src/checkpoints/tensorflow/conversion/prepareConversion.js";
import { decodeWeights, encodeWeights, type Weights } from "../../../src/checkpoints/weights.js";
import { anchorSettingsOf } from "../../../src/detection/anchorSettings.js";
import { anchorsOf } from "../../../src/detection/anchors.js";
import { headOutputsOf } from "../../../src/detection/headOutputs.js";
import { type Detection, detectionsOf, retinaNetPostprocessing } from "../../../src/detection/postprocess.js";
import { planOf } from "../../../src/network/executionPlan.js";
import { infer } from "../../../src/network/forward.js";
import { Network } from "../../../src/network/network.js";
import type { Expected, ExpectedArray } from "./expected.js";

/** How far our results are from the Model Garden's, for one network. */
export interface Parity {
  /** The largest difference in any map of a kind, as a share of that map's standard deviation. */
  readonly maps: Readonly<Partial<Record<"feature" | "class" | "box" | "logits", number>>>;
  readonly boxes?: BoxParity;
}

interface BoxParity {
  /** Detections that both have: of the same class, with sides within a pixel. */
  readonly shared: number;
  /** Theirs, without those that have no area within the image: they keep these, we do not. */
  readonly expected: number;
  /** Of those that both have, the largest difference in pixels of the input. */
  readonly pixels: number;
  readonly score: number;
}

/** The weights that a checkpoint is converted to, stored as `type` and read again. */
export async function converted(checkpoint: string, size: number, type: StoredType): Promise<Weights> {
  return withCheckpoint(checkpoint, async (opened) => {
    const weights = await convertedWeights(await prepareConversion(opened, { size }));
    return type === "F32" ? weights : decodeWeights(encodeWeights(weights, type), checkpoint);
  });
}

/** Computes a network on the active engine and compares every level's maps and the detections. */
export function parityOf({ model, values }: Weights, pixels: tf.Tensor4D, expected: Expected): Parity {
  const network = Network.of(model, values);
  const outputs = network.predict(pixels);
  const named = new Map<string, tf.Tensor>(Object.entries(featuresOf(graphOf(model), values, pixels)));
  network.outputs.forEach(({ kind, level }, index) => {
    named.set(level === undefined ? kind : `${kind}/${level}`, outputs[index]!);
  });
  const maps: Partial<Record<string, number>> = {};
  for (const [name, reference] of expected) {
    const kind = name.split("/")[0]!;
    const ours = named.get(name);
    if (!ours) continue;
    maps[kind] = Math.max(maps[kind] ?? 0, relativeError(ours, reference));
  }
  const boxes = expected.has("boxes") ? boxParity(model, network, outputs, expected) : undefined;
  tf.dispose([...named.values()]);
  network.dispose();
  return boxes ? { maps, boxes } : { maps };
}

/** The maps that the head reads, as "feature/<level>". Batch norm is not folded here, as it is in {@link Network}. */
function featuresOf(graph: Graph, values: Weights["values"], pixels: tf.Tensor4D): Record<string, tf.Tensor> {
  const layers = new Map(graph.layers.map((layer) => [layer.name, layer]));
  const read = graph.layers
    .filter(({ part }) => part.kind === "head")
    .flatMap(({ inputs }) => inputs.map((input) => layers.get(input)!))
    .filter(({ part }) => part.kind !== "head");
  const outputs = [...new Set(read)].flatMap(({ name, part }) =>
    part.kind === "endpoint" || part.kind === "pyramid"
      ? [{ layer: name, kind: "class", level: part.level } as const]
      : [],
  );
  const layersAlone = { layers: graph.layers, outputs };
  return tf.tidy(() => {
    const tensors = new Map(
      tensorsOf(graph.layers).map(({ name, shape }) => [name, tf.tensor(values.get(name)!, [...shape])]),
    );
    const maps = infer(planOf(layersAlone), tensors, pixels);
    return Object.fromEntries(outputs.map(({ level }, index) => [`feature/${level}`, maps[index]!]));
  });
}

/** The largest difference, as a share of the reference's standard deviation. */
export function relativeError(found: tf.Tensor, { shape, values, step }: ExpectedArray): number {
  if (found.shape.join() !== shape.join()) throw new Error(`Ours is ${found.shape}, theirs ${shape}.`);
  const ours = found.dataSync();
  let [largest, sum, squares] = [0, 0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    largest = Math.max(largest, Math.abs(ours[index * step]! - value));
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return largest / Math.sqrt(squares / values.length - mean * mean);
}

function boxParity(
  model: Model,
  { outputs }: Network,
  maps: readonly tf.Tensor[],
  expected: Expected,
): BoxParity {
  const head = tf.tidy(() => {
    const { classLogits, boxCodes } = headOutputsOf(maps, outputs, model.classes);
    return { logits: classLogits.dataSync<"float32">(), codes: boxCodes.dataSync<"float32">() };
  });
  const anchors = anchorsOf(anchorSettingsOf(model, graphOf(model)), ...model.inputSize);
  const [height, width] = Array.from(expected.get("clip")!.values) as [number, number];
  // Channel 0 is the background.
  const settings = { ...retinaNetPostprocessing, firstChannel: 1 };
  const found = detectionsOf(head.logits, head.codes, anchors, [height, width], settings);
  const withArea = detectionsIn(expected).filter(({ box }) => box[2] > box[0] && box[3] > box[1]);
  return compareDetections(found, withArea);
}

function detectionsIn(expected: Expected): Detection[] {
  const [boxes, scores, channels] = ["boxes", "scores", "channels"].map((name) => expected.get(name)!.values);
  return Array.from(scores!, (score, index) => ({
    box: [0, 1, 2, 3].map((side) => boxes![index * 4 + side]!) as unknown as Detection["box"],
    channel: channels![index]!,
    score,
  }));
}

/** Pairs each expected detection with the nearest found one of its class. */
function compareDetections(found: readonly Detection[], expected: readonly Detection[]): BoxParity {
  let [shared, pixels, score] = [0, 0, 0];
  for (const wanted of expected) {
    const distances = found
      .filter(({ channel }) => channel === wanted.channel)
      .map((one) => ({
        one,
        distance: Math.max(...one.box.map((side, i) => Math.abs(side - wanted.box[i]!))),
      }))
      .sort((a, b) => a.distance - b.distance);
    const [nearest] = distances;
    if (!nearest || nearest.distance > 1) continue;
    shared++;
    pixels = Math.max(pixels, nearest.distance);
    score = Math.max(score, Math.abs(nearest.one.score - wanted.score));
  }
  return { shared, expected: expected.length, pixels, score };
}
