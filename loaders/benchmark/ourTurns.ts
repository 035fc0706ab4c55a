import * as tf from "@tensorflow/tfjs-core";
import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import { type BatchStatistics, forwardTraining } from "../../src/network/forward.js";
import { Network } from "../../src/network/network.js";
import { planOf } from "../../src/network/plan.js";
import { createStepper } from "../engine/steps/createStepper.js";
import { enginePass } from "../engine/steps/pass.js";
import type { Step } from "../engine/steps/stepper.js";
import { FlatLayout } from "../training/step/flatParameters.js";
import type { ReadJob } from "./job.js";
import { joined } from "./joined.js";

/** One turn of a contender: what it computed. */
export type Turn = () => Promise<Float32Array>;

/**
 * A turn on the active engine. In training it is a step of gradient descent on the sum, over the outputs, of the mean
 * of (output − 1)², with batch norm's statistics moved, and gives that sum. In inference it gives the outputs end to
 * end.
 */
export function ourTurn(read: ReadJob): Turn {
  return read.job.task === "training" ? trainingTurn(read) : inferenceTurn(read);
}

function imagesOf({ job, images }: ReadJob) {
  return { shape: [job.batch, ...job.model.inputSize, 3], values: images };
}

function inferenceTurn(read: ReadJob): Turn {
  const network = Network.of(read.job.model, read.values);
  const pass = enginePass((images) => network.predict(images));
  const images = imagesOf(read);
  return async () => joined(await pass.run(images));
}

function trainingTurn(read: ReadJob): Turn {
  const { model, learningRate } = read.job;
  const graph = graphOf(model);
  const plan = planOf(graph);
  const specs = tensorsOf(graph.layers);
  const trainable = new FlatLayout(specs.filter((spec) => spec.trainable));
  const statistics = new FlatLayout(specs.filter((spec) => !spec.trainable));
  const { momentum } = model.batchNorm;
  const step: Step = (feeds, state) => {
    const kept: tf.Tensor[] = [];
    const lossOf = (flat: tf.Tensor): tf.Scalar => {
      const collected: BatchStatistics[] = [];
      const outputs = forwardTraining(
        plan,
        trainable.split(flat as tf.Tensor1D),
        feeds.get("images") as tf.Tensor4D,
        {
          onStatistics: (one) => collected.push(one),
          keepSamples: () => {
            throw new Error("A network that drops branches is not timed.");
          },
        },
      );
      kept.push(tf.keep(tf.concat1d(collected.flatMap(({ mean, variance }) => [mean, variance]))));
      // Pixel by pixel first: one float32 sum over all loses a thousandth on wasm.
      return tf.addN(outputs.map((output) => tf.mean(tf.mean(tf.square(tf.sub(output, 1)), -1))));
    };
    const { value, grad } = tf.valueAndGrad(lossOf)(state.get("parameters")!);
    const [batch] = kept as [tf.Tensor];
    const moved = tf.add(tf.mul(state.get("statistics")!, momentum), tf.mul(batch, 1 - momentum));
    batch.dispose();
    return {
      outputs: [value],
      state: new Map([
        ["parameters", tf.sub(state.get("parameters")!, tf.mul(grad, learningRate))],
        ["statistics", moved],
      ]),
    };
  };
  const vector = (values: Float32Array) => ({ shape: [values.length], values });
  const stepper = createStepper(
    new Map([
      ["parameters", vector(trainable.join(read.values))],
      ["statistics", vector(statistics.join(read.values))],
    ]),
    { step },
  );
  const feeds = new Map([["images", imagesOf(read)]]);
  return async () => (await stepper.step("step", feeds))[0]!;
}
