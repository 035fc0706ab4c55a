import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../loaders/engine/startEngine.js";
import type { Layer } from "../../src/architecture/layers/layer.js";
import { type Graph, graphOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import type { Model } from "../../src/architecture/model/model.js";
import { planOf } from "../../src/network/executionPlan.js";
import { foldBatchNorm } from "../../src/network/foldBatchNorm.js";
import { type BatchStatistics, forwardTraining, infer } from "../../src/network/forward.js";
import { Network } from "../../src/network/network.js";
import { randomStream } from "../../src/network/random.js";
import { testedEngines } from "../loaders/engine/engines.js";
import { skippedFor } from "../skippedFor.js";
import { lively, narrowNetworks, noiseImages, tensorsFrom } from "./narrowNetworks.js";

const spineNet = narrowNetworks["SpineNet-49"]!;
const keepAll = { onStatistics: () => {}, keepSamples: (count: number) => tf.ones<tf.Rank.R1>([count]) };

/** Each output's numbers in inference, of the graph with these layers' results put out. */
function inferred(
  model: Model,
  images: tf.Tensor4D,
  change: (values: Map<string, Float32Array>) => void = () => {},
) {
  const graph = graphOf(model);
  const specs = tensorsOf(graph.layers);
  const values = lively(specs, 3);
  change(values);
  return tf.tidy(() =>
    infer(planOf(graph), tensorsFrom(specs, values), images).map((map) => Array.from(map.dataSync())),
  );
}

/** The results of any layers of a model, in inference or in training. */
function resultsOf(
  model: Model,
  images: tf.Tensor4D,
  names: readonly string[],
  mode?: Parameters<typeof forwardTraining>[3],
): tf.Tensor[] {
  const graph = graphOf(model);
  const specs = tensorsOf(graph.layers);
  const plan = planOf({ layers: graph.layers, outputs: names.map((layer) => ({ layer, kind: "logits" })) });
  const tensors = tensorsFrom(specs, lively(specs, 3));
  return mode ? forwardTraining(plan, tensors, images, mode) : infer(plan, tensors, images);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0);
}

function layerOf(graph: Graph, name: string): Layer {
  return graph.layers.find((layer) => layer.name === name)!;
}

for (const { name, skipped, start } of await testedEngines()) {
  describe(`a network on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);

    for (const [network, model] of Object.entries(narrowNetworks)) {
      it(`gives the same with batch norm folded, for a narrow ${network}`, () => {
        const images = noiseImages(model, 2, 5);
        const graph = graphOf(model);
        const plain = inferred(model, images);
        const folded = Network.of(model, lively(tensorsOf(graph.layers), 3));
        const maps = folded.predict(images);
        expect(maps.map(({ shape }) => shape)).toEqual(
          graph.outputs.map(({ layer }) => [2, ...layerOf(graph, layer).shape]),
        );
        maps.forEach((map, index) => {
          const scale = plain[index]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          expect(scale).toBeGreaterThan(0.1);
          expect(largestDifference(map.dataSync(), plain[index]!) / scale).toBeLessThan(1e-4);
        });
        tf.dispose([images, ...maps]);
        folded.dispose();
      });
    }

    it("gives, in training, the statistics of each batch norm's own input", () => {
      const images = noiseImages(spineNet, 3, 6);
      const graph = graphOf(spineNet);
      const specs = tensorsOf(graph.layers);
      const norms = graph.layers.filter(({ op }) => op === "batchNorm");
      tf.tidy(() => {
        const collected: BatchStatistics[] = [];
        const outputs = norms.map(({ inputs }) => ({ layer: inputs[0]!, kind: "logits" as const }));
        const plan = planOf({ layers: graph.layers, outputs });
        const mode = { ...keepAll, onStatistics: (one: BatchStatistics) => collected.push(one) };
        const inputs = forwardTraining(plan, tensorsFrom(specs, lively(specs, 3)), images, mode);
        expect(collected.map((one) => one.name)).toEqual(norms.map((norm) => norm.name));
        inputs.forEach((input, index) => {
          const { mean, variance } = tf.moments(input, [0, 1, 2]);
          const measured = collected[index]!;
          const scale = 1 + Math.max(...variance.dataSync(), ...mean.abs().dataSync());
          expect(largestDifference(measured.mean.dataSync(), mean.dataSync()) / scale).toBeLessThan(1e-5);
          expect(largestDifference(measured.variance.dataSync(), variance.dataSync()) / scale).toBeLessThan(
            1e-5,
          );
        });
      });
      images.dispose();
    });

    it("lists statistics in the order of the weights, mean before variance", () => {
      for (const model of Object.values(narrowNetworks)) {
        const graph = graphOf(model);
        const names = graph.layers.filter(({ op }) => op === "batchNorm").map((norm) => norm.name);
        expect(
          tensorsOf(graph.layers)
            .filter(({ trainable }) => !trainable)
            .map((spec) => spec.name),
        ).toEqual(names.flatMap((norm) => [`${norm}/mean`, `${norm}/variance`]));
      }
    });

    it("drops whole samples' branches in training, and scales the others by 1 / keep", () => {
      const images = noiseImages(spineNet, 3, 7);
      const graph = graphOf(spineNet);
      const drops = graph.layers.filter(({ op }) => op === "dropConnect");
      // 15 learned blocks, of which the last has the whole rate of 0.2: block n has 0.2 n / 15.
      expect(drops).toHaveLength(15);
      const last = drops.at(-1)!;
      const keeps: number[] = [];
      tf.tidy(() => {
        const [before, after] = resultsOf(spineNet, images, [last.inputs[0]!, last.name], {
          onStatistics: () => {},
          keepSamples: (count, keep) => {
            keeps.push(keep);
            return tf.tensor1d(Array.from({ length: count }, (_, index) => (index === 1 ? 0 : 1)));
          },
        });
        const expected = tf.mul(before!, tf.tensor4d([1 / 0.8, 0, 1 / 0.8], [3, 1, 1, 1]));
        expect(largestDifference(after!.dataSync(), expected.dataSync())).toBeLessThan(1e-5);
        expect(Math.max(...after!.dataSync())).toBeGreaterThan(0.1);
      });
      keeps.forEach((keep, index) => {
        expect(keep).toBeCloseTo(1 - (0.2 * (index + 1)) / 15, 9);
      });
      images.dispose();
    });

    it("drops nothing in inference", () => {
      const images = noiseImages(spineNet, 1, 7);
      const without = { ...spineNet, backbone: { ...spineNet.backbone, dropConnect: 0 } };
      expect(inferred(spineNet, images)).toEqual(inferred(without, images));
      images.dispose();
    });

    it("leaves no tensor behind but its outputs", () => {
      const images = noiseImages(spineNet, 1, 8);
      const network = Network.of(spineNet, lively(tensorsOf(graphOf(spineNet).layers), 3));
      const before = tf.memory().numTensors;
      const maps = network.predict(images);
      expect(tf.memory().numTensors).toBe(before + maps.length);
      tf.dispose(maps);
      network.dispose();
      images.dispose();
    });
  });
}

describe("what a SpineNet-49 computes", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("has the dangling block 11 in P5 and in what follows from it, P6 and P7, and in nothing else", () => {
    const images = noiseImages(spineNet, 1, 9);
    const graph = graphOf(spineNet);
    const damaged = inferred(spineNet, images, (values) => {
      for (const [name, value] of values)
        if (name.startsWith("block11/"))
          values.set(
            name,
            value.map((x) => x * 0.5),
          );
    });
    const whole = inferred(spineNet, images);
    graph.outputs.forEach(({ level }, index) => {
      const difference = largestDifference(whole[index]!, damaged[index]!);
      if (level! >= 5) expect(difference).toBeGreaterThan(1e-5);
      else expect(difference).toBe(0);
    });
    images.dispose();
  });

  it("adds the dangling block as it is, sums before it activates, and activates no last 1×1", () => {
    const images = noiseImages(spineNet, 1, 10);
    tf.tidy(() => {
      const names = [
        "block14/parent0/expandNorm",
        "block14/parent1/expandNorm",
        "block14/fuse",
        "block14/fuseActivation",
      ];
      const dangling = layerOf(graphOf(spineNet), "block14/fuse").inputs[2]!;
      expect(dangling).toMatch(/^block11\//);
      const [first, second, sum, activated, raw] = resultsOf(spineNet, images, [...names, dangling]);
      // Were the 1×1s activated, swish would leave nothing below −0.28.
      expect(Math.min(...first!.dataSync())).toBeLessThan(-0.3);
      expect(Math.min(...second!.dataSync())).toBeLessThan(-0.3);
      const expected = tf.addN([first!, second!, raw!]);
      expect(largestDifference(sum!.dataSync(), expected.dataSync())).toBeLessThan(1e-5);
      const swish = tf.mul(expected, tf.sigmoid(expected));
      expect(largestDifference(activated!.dataSync(), swish.dataSync())).toBeLessThan(1e-5);
    });
    images.dispose();
  });

  it("repeats each value when it brings a parent up to its child's size", () => {
    const images = noiseImages(spineNet, 1, 11);
    tf.tidy(() => {
      // Block 10 (level 5, 4×4) reads block 9 (level 7, 1×1) repeated; block 13 (level 3) reads block 10 by 4.
      const [small, large] = resultsOf(spineNet, images, [
        layerOf(graphOf(spineNet), "block13/parent1/resize").inputs[0]!,
        "block13/parent1/resize",
      ]);
      expect(small!.shape.slice(1, 3)).toEqual([4, 4]);
      expect(large!.shape.slice(1, 3)).toEqual([16, 16]);
      const channels = small!.shape[3]!;
      const tiled = tf.reshape(tf.tile(tf.reshape(small!, [4, 1, 4, 1, channels]), [1, 4, 1, 4, 1]), [
        1,
        16,
        16,
        channels,
      ]);
      expect(Array.from(large!.dataSync())).toEqual(Array.from(tiled.dataSync()));
    });
    images.dispose();
  });

  it("pads a stride of two as its model says: 'same' on even sides after only, 'symmetric' on both", () => {
    // One filter that reads the window's first pixel alone, of an image that is 1 everywhere: of a 7×7 with three
    // zeros before, output 0 and 1 read zeros; with two before, output 0 alone.
    const firstTap = (padding: Model["padding"]): number[] => {
      const model = { ...spineNet, padding };
      const graph = graphOf(model);
      const specs = tensorsOf(graph.layers);
      const values = lively(specs, 3);
      const kernel = values.get("stem/conv/kernel")!.fill(0);
      kernel[0] = 1;
      return tf.tidy(() => {
        const images = tf.ones<tf.Rank.R4>([1, 128, 128, 3]);
        const plan = planOf({ layers: graph.layers, outputs: [{ layer: "stem/conv", kind: "logits" }] });
        const [map] = infer(plan, tensorsFrom(specs, values), images);
        return Array.from(tf.slice(map!, [0, 10, 0, 0], [1, 1, 4, 1]).dataSync());
      });
    };
    expect(firstTap("same")).toEqual([0, 1, 1, 1]);
    expect(firstTap("symmetric")).toEqual([0, 0, 1, 1]);
  });
});

describe("foldBatchNorm", () => {
  it("leaves no batch norm but those of a pyramid's levels that coarser ones read unnormalised", () => {
    for (const model of Object.values(narrowNetworks)) {
      const graph = graphOf(model);
      const folded = foldBatchNorm(graph, lively(tensorsOf(graph.layers), 3));
      const left = folded.graph.layers.filter(({ op }) => op === "batchNorm").map((layer) => layer.name);
      expect(left).toEqual(model.decoder.kind === "fpn" ? ["fpn/norm5", "fpn/norm6"] : []);
      expect([...folded.values.keys()]).toEqual(
        expect.arrayContaining(tensorsOf(folded.graph.layers).map((s) => s.name)),
      );
    }
  });

  it("takes the scale into the kernel and the rest into a bias", () => {
    const shape = [1, 1, 1] as const;
    const part = { kind: "stem" } as const;
    const conv: Layer = {
      name: "c",
      op: "conv",
      inputs: ["input"],
      attributes: {
        kernelSize: 1,
        stride: 1,
        padding: "same",
        bias: true,
        filters: 1,
        kernelInitializer: { kind: "variance-scaling" },
      },
      shape,
      part,
      label: "",
    };
    const graph: Graph = {
      layers: [
        { name: "input", op: "input", inputs: [], attributes: {}, shape, part, label: "" },
        conv,
        {
          name: "n",
          op: "batchNorm",
          inputs: ["c"],
          attributes: { momentum: 0.9, epsilon: 1 },
          shape,
          part,
          label: "",
        },
      ],
      outputs: [{ layer: "n", kind: "logits" }],
    };
    const values = new Map(
      Object.entries({
        "c/kernel": 5,
        "c/bias": 2,
        "n/gamma": 6,
        "n/beta": 1,
        "n/mean": 4,
        "n/variance": 3,
      }).map(([key, value]) => [key, Float32Array.of(value)]),
    );
    const folded = foldBatchNorm(graph, values);
    // Scale 6 / √(3 + 1) = 3: kernel 5 · 3 = 15, bias 1 + (2 − 4) · 3 = −5.
    expect(folded.values).toEqual(
      new Map([
        ["c/kernel", Float32Array.of(15)],
        ["c/bias", Float32Array.of(-5)],
      ]),
    );
    expect(folded.graph.outputs).toEqual([{ layer: "c", kind: "logits" }]);
  });
});

describe("drop-connect's draws", () => {
  it("keep a sample as often as the probability says", () => {
    const random = randomStream(1, "drop", 5);
    const kept = Array.from({ length: 4000 }, () => (random() < 0.8 ? 1 : 0) as number);
    // Deviation √(0.8 · 0.2 / 4000) = 0.0063.
    expect(Math.abs(kept.reduce((sum, one) => sum + one, 0) / 4000 - 0.8)).toBeLessThan(0.025);
  });
});
