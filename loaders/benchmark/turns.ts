import * as tf from "@tensorflow/tfjs-core";
import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import { planOf } from "../../src/network/executionPlan.js";
import { type BatchStatistics, forwardTraining } from "../../src/network/forward.js";
import { Network } from "../../src/network/network.js";
import { createStepper } from "../engine/steps/createStepper.js";
import { enginePass } from "../engine/steps/enginePass.js";
import type { Step } from "../engine/steps/stepper.js";
import { FlatLayout } from "../training/step/flatParameters.js";
import { joined, type LoadedWorkload } from "./workload.js";

/** One turn of a contender: what it computed. */
export type Turn = () => Promise<Float32Array>;

/** Turns on one engine. */
export interface Turns {
  readonly take: Turn;
  readonly dispose: () => void;
}

/**
 * Turns on the active engine. In training one is a step of gradient descent on the sum, over the outputs, of the mean
 * of (output − 1)², with batch norm's statistics moved, and gives that sum. In inference it gives the outputs end to
 * end.
 */
export function turnsOf(loaded: LoadedWorkload): Turns {
  return loaded.workload.task === "training" ? trainingTurns(loaded) : inferenceTurns(loaded);
}

function imagesOf({ workload: { batch, model }, images }: LoadedWorkload) {
  return { shape: [batch, ...model.inputSize, 3], values: images };
}

function inferenceTurns(loaded: LoadedWorkload): Turns {
  const network = Network.of(loaded.workload.model, loaded.values);
  const pass = enginePass((images) => network.predict(images));
  const images = imagesOf(loaded);
  return {
    take: async () => joined(await pass.run(images)),
    dispose: () => {
      pass.dispose();
      network.dispose();
    },
  };
}

function trainingTurns(loaded: LoadedWorkload): Turns {
  const { model, learningRate } = loaded.workload;
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
      ["parameters", vector(trainable.join(loaded.values))],
      ["statistics", vector(statistics.join(loaded.values))],
    ]),
    { step },
  );
  const feeds = new Map([["images", imagesOf(loaded)]]);
  return { take: async () => (await stepper.step("step", feeds))[0]!, dispose: () => stepper.dispose() };
}
