import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { graphOf, layersOf } from "../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../src/architecture/layers/tensors.js";
import { layersNamed, told } from "./layersNamed.js";

const layers = layersOf(modelByName("spinenet-49"));
const head = layers.filter(({ part }) => part.kind === "head");

describe("RetinaNet's head", () => {
  it("predicts 91 classes and 4 box values for 9 anchors at levels 3 to 7", () => {
    const shapes = graphOf(modelByName("spinenet-49")).outputs.map(({ layer }) =>
      layers.find(({ name }) => name === layer)?.shape.join("×"),
    );
    // 9 × 91 = 819, 9 × 4 = 36.
    expect(shapes).toEqual([
      "80×80×819",
      "40×40×819",
      "20×20×819",
      "10×10×819",
      "5×5×819",
      "80×80×36",
      "40×40×36",
      "20×20×36",
      "10×10×36",
      "5×5×36",
    ]);
  });

  it("shares convolutions among levels and keeps batch norm apart for each", () => {
    const names = tensorsOf(head).map(({ name }) => name);
    expect(names.filter((name) => name.endsWith("/kernel"))).toEqual([
      "head/class0/kernel",
      "head/class1/kernel",
      "head/class2/kernel",
      "head/class3/kernel",
      "head/classPredict/kernel",
      "head/box0/kernel",
      "head/box1/kernel",
      "head/box2/kernel",
      "head/box3/kernel",
      "head/boxPredict/kernel",
    ]);
    // 2 branches × 4 convolutions × 5 levels.
    expect(names.filter((name) => name.endsWith("/gamma"))).toHaveLength(40);
  });

  it("starts every class at a probability of 0.01 and predictors almost at zero", () => {
    const spec = (name: string): unknown => tensorsOf(head).find((each) => each.name === name)?.initializer;
    const bias = spec("head/classPredict/bias");
    expect(bias).toMatchObject({ kind: "constant" });
    // log(0.01 / 0.99) = −4.59512.
    expect((bias as { value: number }).value).toBeCloseTo(-4.59512, 5);
    expect(spec("head/boxPredict/bias")).toEqual({ kind: "constant", value: 0 });
    expect(spec("head/class0/kernel")).toEqual({ kind: "normal", deviation: 0.01 });
    expect(spec("head/boxPredict/kernel")).toEqual({ kind: "normal", deviation: 1e-5 });
  });

  it("of mobile networks is separable: 3×3 depthwise, then 1×1 with a bias", () => {
    const mobile = layersOf(modelByName("spinenet-mobile-49"));
    expect(
      [
        ...layersNamed(mobile, "head/class0Depthwise/level3"),
        ...layersNamed(mobile, "head/class0/level3"),
      ].map(told),
    ).toEqual(["depthwiseConv 3×3/1 → 48×48×48", "conv 1×1/1 → 48×48×48"]);
    const biases = tensorsOf(mobile).filter(({ name }) => /^head\/class0.*\/bias$/.test(name));
    expect(biases.map(({ name, shape }) => `${name} ${shape}`)).toEqual(["head/class0/bias 48"]);
    const predictor = tensorsOf(mobile).find(({ name }) => name === "head/boxPredict/kernel");
    expect(predictor?.initializer).toEqual({ kind: "normal", deviation: 0.03 });
  });

  it("can have no convolution before its predictors", () => {
    const bare = layersOf(modelByName("spinenet-49", { headConvolutions: 0 }));
    expect(bare.filter(({ part }) => part.kind === "head")).toHaveLength(10);
  });
});
