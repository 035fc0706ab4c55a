import * as tf from "@tensorflow/tfjs-core";
import { env, InferenceSession, Tensor } from "onnxruntime-web";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../loaders/engine/startEngine.js";
import { onnxModel } from "../../../loaders/onnx/onnxModel.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { graphOf } from "../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../src/architecture/layers/tensors.js";
import type { Model } from "../../../src/architecture/model/model.js";
import { planOf } from "../../../src/network/executionPlan.js";
import { infer } from "../../../src/network/forward.js";
import { lively, narrowNetworks, noiseImages, tensorsFrom } from "../../network/narrowNetworks.js";

/** Share of an output's root mean square by which one of its values may differ. */
const tolerance = 1e-4;

const narrow = { classes: 7, width: 0.05, stemWidth: 4, endpoints: 6 } as const;

const networks: Readonly<Record<string, Model>> = {
  ...narrowNetworks,
  "SpineNet-Mobile-49 with TF1's gates": modelByName("spinenet-mobile-49", {
    ...narrow,
    width: 0.3,
    size: 128,
    headFilters: 6,
    headConvolutions: 1,
    padding: "symmetric",
    activation: "hard-swish",
  }),
  // At 224 pixels, 4 cells become 7.
  "SpineNet-49's classifier": modelByName("spinenet-49", {
    ...narrow,
    size: 224,
    head: "classifier",
    padding: "symmetric",
    activation: "relu6",
  }),
  "ResNet-50's classifier": modelByName("resnet-50-fpn", { ...narrow, size: 64, head: "classifier" }),
};

beforeAll(async () => {
  await startEngine("wasm");
  // Node rejects the workers that onnxruntime's threads would be.
  env.wasm.numThreads = 1;
});

describe("onnxruntime", () => {
  for (const [name, model] of Object.entries(networks)) {
    it(`computes from the exported file what this project does: ${name}`, async () => {
      const graph = graphOf(model);
      const specs = tensorsOf(graph.layers);
      const values = lively(specs, 3);
      const file = onnxModel(graph, values, { batch: "batch" });
      const session = await InferenceSession.create(file);
      const [height, width] = model.inputSize;
      // The batch's size is left open in the file.
      const batch = 2;
      const images = noiseImages(model, batch, 5);
      const channelsFirst = tf.tidy(() => tf.transpose(images, [0, 3, 1, 2]).dataSync<"float32">());
      const theirs = await session.run({
        images: new Tensor("float32", Float32Array.from(channelsFirst), [batch, 3, height, width]),
      });
      const tensors = tensorsFrom(specs, values);
      const ours = infer(planOf(graph), tensors, images);
      const errors = graph.outputs.map(({ kind, level }, index) => {
        const output = level === undefined ? kind : `${kind}_level${level}`;
        expect(theirs[output]!.dims, output).toEqual(ours[index]!.shape);
        return { output, error: difference(theirs[output]!.data as Float32Array, ours[index]!) };
      });
      expect(errors.filter(({ error }) => !(error < tolerance))).toEqual([]);
      tf.dispose([images, ...ours, ...tensors.values()]);
      await session.release();
    });
  }
});

/** The largest difference, as a share of the root mean square. */
function difference(found: Float32Array, expected: tf.Tensor): number {
  const values = expected.dataSync();
  let [largest, squares] = [0, 0];
  values.forEach((value, index) => {
    largest = Math.max(largest, Math.abs(found[index]! - value));
    squares += value * value;
  });
  return largest / Math.sqrt(squares / values.length);
}
