import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { programLibraryOf } from "../../../../loaders/engine/native/program/programLibrary.js";
import { ProgramStepper } from "../../../../loaders/engine/native/program/programStepper.js";
import { createStepper } from "../../../../loaders/engine/steps/createStepper.js";
import { EagerStepper } from "../../../../loaders/engine/steps/eagerStepper.js";
import type { Step } from "../../../../loaders/engine/steps/stepper.js";
import type { TensorValues } from "../../../../src/network/tensorValues.js";
import { skippedFor } from "../../../skippedFor.js";
import { testedEngines } from "../engines.js";

const vector = (...values: number[]): TensorValues => ({
  shape: [values.length],
  values: Float32Array.from(values),
});

/** Gradient descent on the sum of (w · x − 1)² at a rate that is fed; gives the sum of w before. */
const descent: Step = (feeds, state) => {
  const [w, x, rate] = [state.get("w")!, feeds.get("x")!, feeds.get("rate")!];
  const slope = tf.grad((v) => tf.sum(tf.square(tf.sub(tf.mul(v, x), 1))))(w);
  return { outputs: [tf.sum(w)], state: new Map([["w", tf.sub(w, tf.mul(slope, rate))]]) };
};

const fed = (x: readonly number[], rate: number) =>
  new Map([
    ["x", vector(...x)],
    ["rate", vector(rate)],
  ]);

for (const { name, skipped, start } of await testedEngines()) {
  describe(`a stepper on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);

    it("moves its state by what it is fed, each time anew", async () => {
      const stepper = createStepper(new Map([["w", vector(1, 2, 3)]]), { descent });
      // The slope is 2 (w x − 1) x: 0, 0 and 2 (3 − 1) = 4 at x = (1, 0.5, 1).
      expect(await stepper.step("descent", fed([1, 0.5, 1], 0.1))).toEqual([Float32Array.of(6)]);
      expect([...(await stepper.read("w"))].map((value) => value.toFixed(5))).toEqual([
        "1.00000",
        "2.00000",
        "2.60000",
      ]);
      // At x = (1, 0.5, 2): 2 (5.2 − 1) 2 = 16.8, and the rate is another.
      await stepper.step("descent", fed([1, 0.5, 2], 0.2));
      expect((await stepper.read("w"))[2]).toBeCloseTo(2.6 - 0.2 * 16.8, 5);
      stepper.dispose();
    });

    it("goes on from values that are written", async () => {
      const stepper = createStepper(new Map([["w", vector(1)]]), { descent });
      await stepper.step("descent", fed([1], 0.5));
      stepper.write("w", Float32Array.of(3));
      expect(await stepper.step("descent", fed([1], 0.5))).toEqual([Float32Array.of(3)]);
      // 3 − 0.5 · 2 (3 − 1) = 1
      expect(await stepper.read("w")).toEqual(Float32Array.of(1));
      stepper.dispose();
    });

    it("takes feeds of new shapes as they come, integers too", async () => {
      const count: Step = (feeds, state) => ({
        outputs: [],
        state: new Map([["total", tf.add(state.get("total")!, tf.sum(tf.cast(feeds.get("n")!, "float32")))]]),
      });
      const stepper = createStepper(new Map([["total", vector(0)]]), { count });
      for (const counts of [
        [1, 2],
        [3, 4, 5],
        [6, 7],
      ]) {
        await stepper.step(
          "count",
          new Map([["n", { shape: [counts.length], values: Int32Array.from(counts) }]]),
        );
      }
      expect(await stepper.read("total")).toEqual(Float32Array.of(28));
      stepper.dispose();
    });

    it("keeps its state when a step fails", async () => {
      const stepper = createStepper(new Map([["w", vector(1, 2)]]), { descent });
      await expect(stepper.step("descent", fed([1, 2, 3], 0.1))).rejects.toThrow();
      expect(await stepper.read("w")).toEqual(Float32Array.of(1, 2));
      stepper.dispose();
    });

    it("takes steps of several kinds, which may leave a part of the state alone", async () => {
      const kinds: Record<string, Step> = {
        double: (_, state) => ({ outputs: [], state: new Map([["a", tf.mul(state.get("a")!, 2)]]) }),
        sum: (_, state) => ({ outputs: [tf.add(state.get("a")!, state.get("b")!)], state: new Map() }),
      };
      const stepper = createStepper(
        new Map([
          ["a", vector(1)],
          ["b", vector(10)],
        ]),
        kinds,
      );
      await stepper.step("double", new Map());
      await stepper.step("double", new Map());
      expect(await stepper.step("sum", new Map())).toEqual([Float32Array.of(14)]);
      await expect(stepper.step("halve", new Map())).rejects.toThrow(
        'There is no step "halve"; there are double, sum.',
      );
      stepper.dispose();
    });

    it("leaves no tensor behind", async () => {
      const before = tf.memory().numTensors;
      const stepper = createStepper(new Map([["w", vector(1, 2)]]), { descent });
      await stepper.step("descent", fed([1, 2], 0.1));
      const during = tf.memory().numTensors;
      for (let step = 0; step < 3; step++) await stepper.step("descent", fed([1, 2], 0.1));
      expect(tf.memory().numTensors).toBe(during);
      stepper.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

const native = (await testedEngines()).find(({ name }) => name === "native")!;
await native.start().catch(() => {});
const addon = native.skipped ? undefined : programLibraryOf(tf.backend())?.addon;
const missing = addon ? "" : native.skipped || "the add-on for programs is not built";

describe(`a program of TensorFlow`, skippedFor(missing), () => {
  beforeAll(native.start);

  it("computes a convolutional step as its operations do one by one", async () => {
    const filter: TensorValues = {
      shape: [3, 3, 2, 4],
      values: Float32Array.from({ length: 72 }, (_, i) => Math.sin(i)),
    };
    const images: TensorValues = {
      shape: [2, 9, 8, 2],
      values: Float32Array.from({ length: 288 }, (_, i) => Math.cos(i * 0.7)),
    };
    const step: Step = (feeds, state) => {
      const loss = (w: tf.Tensor) => {
        const y = tf.conv2d(feeds.get("images") as tf.Tensor4D, w as tf.Tensor4D, 2, "same");
        const pooled = tf.maxPool(tf.relu(y), 3, 2, "same");
        return tf.mean<tf.Scalar>(tf.square(tf.image.resizeNearestNeighbor(pooled as tf.Tensor4D, [5, 4])));
      };
      const { value, grad } = tf.valueAndGrad(loss)(state.get("filter")!);
      return {
        outputs: [value],
        state: new Map([["filter", tf.sub(state.get("filter")!, tf.mul(grad, 0.5))]]),
      };
    };
    const [program, eager] = [
      createStepper,
      (...made: ConstructorParameters<typeof EagerStepper>) => new EagerStepper(...made),
    ].map((create) => create(new Map([["filter", filter]]), { learn: step }));
    expect(program).toBeInstanceOf(ProgramStepper);
    expect(eager).toBeInstanceOf(EagerStepper);
    for (let count = 0; count < 3; count++) {
      const [[ours], [theirs]] = (await Promise.all(
        [program!, eager!].map((each) => each.step("learn", new Map([["images", images]]))),
      )) as [[Float32Array], [Float32Array]];
      expect(ours[0]).toBeCloseTo(theirs[0]!, 6);
    }
    const [ours, theirs] = await Promise.all([program!.read("filter"), eager!.read("filter")]);
    ours.forEach((value, index) => {
      expect(value).toBeCloseTo(theirs[index]!, 5);
    });
    program!.dispose();
    eager!.dispose();
  });

  it("gives the same bits each time", async () => {
    const run = async () => {
      const stepper = createStepper(new Map([["w", vector(0.3, 0.7, -0.2)]]), { descent });
      for (let step = 0; step < 5; step++) await stepper.step("descent", fed([0.9, 1.1, step], 0.07));
      return stepper.read("w");
    };
    expect(await run()).toEqual(await run());
  });

  it("refuses what is no program, no tensor, or a tensor of another size, in a sentence", () => {
    expect(() => addon!.createTensor(1, [2], new Float32Array(3))).toThrow(
      "A tensor of this shape takes 8 bytes, not 12.",
    );
    const tensor = addon!.createTensor(1, [2], Float32Array.of(1, 2));
    expect(addon!.tensorShape(tensor)).toEqual([2]);
    addon!.deleteTensor(tensor);
    expect(() => addon!.tensorBytes(tensor)).toThrow("This tensor was deleted.");
    const graph = addon!.createGraph();
    expect(() => addon!.addOperation(graph, "Neg", [0, 0], 0, [])).toThrow(
      "The graph has no output 0 of an operation 0.",
    );
    expect(() => addon!.addOperation(graph, "Nonsense", [], 0, [])).toThrow("TensorFlow refuses Nonsense: ");
    const odd = [{ name: "odd", type: 99, value: 1 }];
    expect(() => addon!.addOperation(graph, "NoOp", [], 0, odd)).toThrow(
      'The attribute "odd" is of kind 99, which no graph takes here.',
    );
    const program = addon!.createProgram(graph, [], [], 2);
    expect(() => addon!.run(program, [tensor])).toThrow("This program takes 0 tensors, not 1.");
    expect(() => addon!.createProgram(graph, [], [], 128)).toThrow(
      "A program's operations cannot have 128 threads.",
    );
  });
});
