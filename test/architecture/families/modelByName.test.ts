import { describe, expect, it } from "vitest";
import { costsOf } from "../../../src/architecture/costs/costs.js";
import { type ModelName, modelByName, modelNames } from "../../../src/architecture/families/modelByName.js";
import type { ModelOptions } from "../../../src/architecture/families/options.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { sizeOf, tensorsOf } from "../../../src/architecture/layers/tensors.js";
import { parseModel } from "../../../src/architecture/model/parseModel.js";

describe("the backbones, endpoints included", () => {
  // Convolutions and batch-norm channels counted from the published block list by a separate program.
  it.each([
    { name: "spinenet-49s", convolutions: 130, kernels: 9_032_079, channels: 28_568 },
    { name: "spinenet-49", convolutions: 130, kernels: 21_742_784, channels: 44_352 },
    { name: "spinenet-96", convolutions: 177, kernels: 36_140_224, channels: 61_376 },
    { name: "spinenet-143", convolutions: 224, kernels: 60_081_344, channels: 83_136 },
    { name: "spinenet-190", convolutions: 271, kernels: 126_326_112, channels: 130_776 },
  ] as const)("$name has $convolutions convolutions and as many batch norms", (counted) => {
    const backbone = layersOf(modelByName(counted.name)).filter(({ part }) => part.kind !== "head");
    expect(backbone.filter(({ op }) => op === "conv")).toHaveLength(counted.convolutions);
    expect(backbone.filter(({ op }) => op === "batchNorm")).toHaveLength(counted.convolutions);
    const sum = (suffix: string): number =>
      tensorsOf(backbone)
        .filter(({ name }) => name.endsWith(suffix))
        .reduce((total, { shape }) => total + sizeOf(shape), 0);
    expect(sum("/kernel")).toBe(counted.kernels);
    expect(sum("/gamma")).toBe(counted.channels);
    const { trainable, total } = costsOf(backbone).parameters;
    // Gamma and beta are learned, mean and variance kept; no convolution of the backbone has a bias.
    expect(trainable).toBe(counted.kernels + 2 * counted.channels);
    expect(total).toBe(counted.kernels + 4 * counted.channels);
  });

  it("49S has 9,472,959 with the 256-filter endpoints of its released checkpoint", () => {
    const backbone = layersOf(modelByName("spinenet-49s", { endpoints: 256 }));
    expect(costsOf(backbone.filter(({ part }) => part.kind !== "head")).parameters.trainable).toBe(9_472_959);
  });
});

describe("whole detectors of 91 classes", () => {
  it.each([
    ["spinenet-49s", 11_265_942],
    ["spinenet-49", 28_543_383],
    ["spinenet-190", 163_637_351],
    ["spinenet-mobile-49", 2_337_579],
    ["resnet-50-fpn", 34_091_159],
  ] as const)("%s has %i trainable parameters", (name, trainable) => {
    expect(costsOf(layersOf(modelByName(name))).parameters.trainable).toBe(trainable);
  });

  it("SpineNet-49 has 109,184 statistics beside them, two a channel of batch norm", () => {
    const { trainable, total } = costsOf(layersOf(modelByName("spinenet-49"))).parameters;
    // 44,352 in the backbone; 5 levels × 2 branches × 4 convolutions × 256 in the head: 2 × (44,352 + 10,240).
    expect(total - trainable).toBe(109_184);
  });

  // Parameters in millions and multiply-adds in billions as printed (paper, table 2 and figure 4).
  const table: readonly [ModelName, ModelOptions, number, number][] = [
    ["spinenet-49s", { endpoints: 256 }, 11.9, 33.8],
    ["spinenet-49", {}, 28.5, 85.4],
    ["resnet-50-fpn", {}, 34.0, 96.8],
    ["spinenet-49", { size: 896 }, 28.5, 167.4],
    ["spinenet-96", {}, 43.0, 265.4],
    ["resnet-101-fpn", {}, 53.1, 325.9],
    ["spinenet-143", {}, 66.9, 524.4],
    ["resnet-152-fpn", {}, 68.7, 630.5],
    ["spinenet-190", {}, 163.6, 1885.0],
  ];
  it.each(table)(
    "%s %o is within 0.5% of %dM parameters and 0.3% of %dB multiply-adds",
    (name, options, millions, billions) => {
      const { parameters, multiplyAdds } = costsOf(layersOf(modelByName(name, options)));
      expect(Math.abs(parameters.trainable / (millions * 1e6) - 1)).toBeLessThan(0.005);
      expect(Math.abs(multiplyAdds / (billions * 1e9) - 1)).toBeLessThan(0.003);
    },
  );

  it("ResNet-50's permutations cost 94.77 and 95.48 billion, within 0.5% and 1.1% of the paper's table 3", () => {
    const costs = (["r0-sp53", "r23-sp30"] as const).map((name) => costsOf(layersOf(modelByName(name))));
    expect(costs.map(({ multiplyAdds }) => (multiplyAdds / 1e9).toFixed(2))).toEqual(["94.77", "95.48"]);
    expect(costs.map(({ parameters }) => (parameters.trainable / 1e6).toFixed(2))).toEqual([
      "26.06",
      "26.51",
    ]);
  });

  it("the mobile networks cost what their block list gives: near the paper for 49, 6% more parameters for S and XS", () => {
    const names = ["spinenet-mobile-49", "spinenet-mobile-49s", "spinenet-mobile-49xs"] as const;
    const costs = names.map((name) => costsOf(layersOf(modelByName(name))));
    expect(costs.map(({ parameters }) => (parameters.trainable / 1e6).toFixed(2))).toEqual([
      "2.34",
      "1.03",
      "0.87",
    ]);
    expect(costs.map(({ multiplyAdds }) => (multiplyAdds / 1e9).toFixed(2))).toEqual([
      "0.98",
      "0.50",
      "0.17",
    ]);
  });
});

describe("classifiers", () => {
  // The backbone's count above, and one linear layer of (endpoint width + 1) × classes: ImageNet has 1000 classes,
  // iNaturalist 5089. In millions as the paper's table 6 prints them: 22.1, 36.5, 60.5, 127.1; 23.1, 37.6, 61.6, 129.2.
  it.each([
    { name: "spinenet-49", backbone: 21_831_488, endpoints: 256 },
    { name: "spinenet-96", backbone: 36_262_976, endpoints: 256 },
    { name: "spinenet-143", backbone: 60_247_616, endpoints: 256 },
    { name: "spinenet-190", backbone: 126_587_664, endpoints: 512 },
  ] as const)("$name adds one linear layer to its backbone", ({ name, backbone, endpoints }) => {
    for (const classes of [1000, 5089]) {
      const model = modelByName(name, { head: "classifier", classes, size: 256 });
      expect(costsOf(layersOf(model)).parameters.trainable).toBe(backbone + (endpoints + 1) * classes);
    }
  });

  it.each([
    ["spinenet-49", "3.48"],
    ["spinenet-96", "5.72"],
    ["spinenet-143", "9.09"],
    ["spinenet-190", "19.11"],
  ] as const)("%s takes %s billion multiply-adds at 224 px, on TF1's path", (name, billions) => {
    const model = modelByName(name, { head: "classifier", size: 224, padding: "symmetric" });
    expect((costsOf(layersOf(model)).multiplyAdds / 1e9).toFixed(2)).toBe(billions);
  });

  it("a ResNet-50 classifier of 1000 classes has the 25,557,032 parameters everyone counts", () => {
    const model = modelByName("resnet-50-fpn", { head: "classifier", size: 224 });
    expect(costsOf(layersOf(model)).parameters.trainable).toBe(25_557_032);
  });
});

describe("modelByName", () => {
  it.each(modelNames)("gives %s as a model that its own parser takes back unchanged", (name) => {
    const model = modelByName(name);
    expect(parseModel(JSON.parse(JSON.stringify(model)), "copy")).toEqual(model);
  });

  it("lays options over the published values", () => {
    const model = modelByName("spinenet-49", {
      size: [256, 384],
      classes: 2,
      width: 0.25,
      alpha: 1,
      endpoints: 32,
      headFilters: 16,
      headConvolutions: 1,
      repeats: 2,
      activation: "swish",
    });
    expect(model).toMatchObject({
      inputSize: [256, 384],
      classes: 2,
      backbone: { widthMultiplier: 0.25, alpha: 1, endpointWidth: 32, repeats: 2, activation: "swish" },
      head: { width: 16, convolutions: 1 },
    });
  });

  it("orders aspect ratios as the Model Garden does, and as TF1 does for its checkpoints", () => {
    const ratios = (options: ModelOptions): unknown => {
      const { head } = modelByName("spinenet-49", options);
      return head.kind === "retinanet" && head.anchors.aspectRatios;
    };
    expect(ratios({})).toEqual([0.5, 1, 2]);
    expect(ratios({ padding: "symmetric" })).toEqual([1, 2, 0.5]);
  });

  it("starts anchors at 3 strides, at 4 for SpineNet-143, -190 and ResNet (paper, section 5.1)", () => {
    const sizes = (
      ["spinenet-49", "spinenet-96", "spinenet-143", "spinenet-190", "resnet-50-fpn"] as const
    ).map((name) => {
      const { head } = modelByName(name);
      return head.kind === "retinanet" ? head.anchors.size : 0;
    });
    expect(sizes).toEqual([3, 3, 4, 4, 4]);
  });
});
