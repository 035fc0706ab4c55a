import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { FlatLayout } from "../../loaders/training/step/flatParameters.js";
import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import { planOf } from "../../src/network/executionPlan.js";
import { forwardTraining } from "../../src/network/forward.js";
import { testedEngines } from "../loaders/engine/engines.js";
import { noise } from "../loaders/engine/finiteDifferences.js";
import { skippedFor } from "../skippedFor.js";
import { lively, narrowNetworks, noiseImages } from "./narrowNetworks.js";

const batch = 3;
/** Small enough for what the pools and normalisations curve, large enough for float32. */
const step = 0.01;

for (const { name, skipped, start } of await testedEngines()) {
  describe(`a whole network's gradient on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);

    for (const [network, model] of Object.entries(narrowNetworks)) {
      it(`is that of its differences for a narrow ${network}`, () => {
        // Level 7 has one pixel an image here; at the usual epsilon its normalisation is all but a jump.
        const graph = graphOf({ ...model, batchNorm: { momentum: 0.9, epsilon: 1 } });
        const plan = planOf(graph);
        const layout = new FlatLayout(tensorsOf(graph.layers).filter(({ trainable }) => trainable));
        const initial = layout.join(lively(layout.specs, 3));
        const images = noiseImages(model, batch, 5);
        const outputs = (flat: tf.Tensor1D): tf.Tensor1D => {
          const maps = forwardTraining(plan, layout.split(flat), images, {
            onStatistics: () => {},
            // Every third sample loses its branch, the same ones each time.
            keepSamples: (count) =>
              tf.tensor1d(Array.from({ length: count }, (_, index) => (index % 3 === 2 ? 0 : 1))),
          });
          return tf.concat(maps.map((map) => tf.reshape<tf.Rank.R1>(map, [map.size])));
        };
        const weights = tf.tidy(() => noise(outputs(tf.tensor1d(initial)).size, 9));
        const lossAt = (values: Float32Array): number => {
          const at = tf.tidy(() => Array.from(outputs(tf.tensor1d(values)).dataSync()));
          return at.reduce((sum, value, index) => sum + value * weights[index]!, 0);
        };
        const gradient = tf.tidy(() =>
          Array.from(
            tf
              .grad((flat) => outputs(flat as tf.Tensor1D))(tf.tensor1d(initial), tf.tensor1d(weights))
              .dataSync(),
          ),
        );
        for (let direction = 0; direction < 2; direction++) {
          // By each value's own size: kernels of few inputs are larger, and may move further.
          const along = noise(initial.length, 20 + direction).map((value, index) => value * initial[index]!);
          const claimed = gradient.reduce((sum, value, index) => sum + value * along[index]!, 0);
          const at = (distance: number) =>
            lossAt(initial.map((value, index) => value + distance * along[index]!));
          const measured = (at(step) - at(-step)) / (2 * step);
          expect(Math.abs(claimed - measured), `${claimed} against ${measured}`).toBeLessThan(
            3e-3 * (1 + Math.abs(measured)),
          );
        }
        images.dispose();
      });
    }
  });
}
