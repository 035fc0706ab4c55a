import { describe, expect, it } from "vitest";
import { type BlockDescription, descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { layersNamed, ofBlock, told } from "./layersNamed.js";

const spineNet49 = modelByName("spinenet-49");
const layers = layersOf(spineNet49);

function row({ id, level, kind, shape, parents, dangling, output }: BlockDescription): string {
  const read = [...parents.map(String), ...dangling.map((parent) => `+${parent}`)].join(" ");
  return `#${id} L${level} ${kind} ${shape.join("×")} (${read})${output ? ` P${output}` : ""}`;
}

describe("SpineNet-49's blocks at 640 px", () => {
  it("are the published ones, row by row (paper, figure 4d)", () => {
    expect(descriptionOf(spineNet49).blocks.map(row)).toEqual([
      "#0 L2 bottleneck 160×160×256 ()",
      "#1 L2 bottleneck 160×160×256 (0)",
      "#2 L2 bottleneck 160×160×256 (0 1)",
      "#3 L4 residual 40×40×256 (0 1)",
      "#4 L3 bottleneck 80×80×512 (2 3)",
      "#5 L4 bottleneck 40×40×1024 (2 4)",
      "#6 L6 residual 10×10×256 (3 5)",
      "#7 L4 bottleneck 40×40×1024 (3 5)",
      "#8 L5 residual 20×20×256 (6 7)",
      "#9 L7 residual 5×5×256 (6 8)",
      "#10 L5 bottleneck 20×20×1024 (8 9)",
      "#11 L5 bottleneck 20×20×1024 (8 10)",
      "#12 L4 bottleneck 40×40×1024 (5 10) P4",
      "#13 L3 bottleneck 80×80×512 (4 10) P3",
      "#14 L5 bottleneck 20×20×1024 (7 12 +11) P5",
      "#15 L7 bottleneck 5×5×1024 (5 14) P7",
      "#16 L6 bottleneck 10×10×1024 (12 14) P6",
    ]);
  });

  it("are what the layers compute: a block's last layer has the described shape", () => {
    for (const { id, shape } of descriptionOf(spineNet49).blocks) {
      expect(ofBlock(layers, id).at(-1)?.shape).toEqual(shape);
    }
  });

  it("follow one convolution of 64 filters and a pool that no width multiplier touches", () => {
    const stem = [
      "input → 640×640×3",
      "conv 7×7/2 → 320×320×64",
      "batchNorm → 320×320×64",
      "activation relu → 320×320×64",
      "maxPool 3×3/2 → 160×160×64",
    ];
    for (const name of ["spinenet-49", "spinenet-49s"] as const) {
      const own = layersOf(modelByName(name)).filter(({ part }) => part.kind === "stem");
      expect(own.map(told)).toEqual(stem);
    }
  });

  it("project their shortcut in block 0 alone, since elsewhere the width is met already", () => {
    expect(layers.filter(({ name }) => name.endsWith("/shortcut")).map(({ name }) => name)).toEqual([
      "block0/shortcut",
    ]);
  });

  it("take in the one block that nobody reads, raw, in the sum before the activation", () => {
    const fuse = layers.find(({ name }) => name === "block14/fuse");
    expect(fuse?.inputs).toEqual([
      "block14/parent0/expandNorm",
      "block14/parent1/expandNorm",
      "block11/activation",
    ]);
    const sums = layers.filter(({ name }) => name.endsWith("/fuse"));
    expect(sums.filter(({ inputs }) => inputs.length !== 2).map(({ name }) => name)).toEqual([
      "block14/fuse",
    ]);
  });

  it("resample, sum, activate, run and only then end in an endpoint", () => {
    expect([...ofBlock(layers, 16), ...layersNamed(layers, "endpoint6/")].map(told)).toEqual([
      "conv 1×1/1 → 40×40×128",
      "batchNorm → 40×40×128",
      "activation relu → 40×40×128",
      "conv 3×3/2 → 20×20×128",
      "batchNorm → 20×20×128",
      "activation relu → 20×20×128",
      "maxPool 3×3/2 → 10×10×128",
      "conv 1×1/1 → 10×10×1024",
      "batchNorm → 10×10×1024",
      "conv 1×1/1 → 20×20×128",
      "batchNorm → 20×20×128",
      "activation relu → 20×20×128",
      "conv 3×3/2 → 10×10×128",
      "batchNorm → 10×10×128",
      "activation relu → 10×10×128",
      "conv 1×1/1 → 10×10×1024",
      "batchNorm → 10×10×1024",
      "add → 10×10×1024",
      "activation relu → 10×10×1024",
      "conv 1×1/1 → 10×10×256",
      "batchNorm → 10×10×256",
      "activation relu → 10×10×256",
      "conv 3×3/1 → 10×10×256",
      "batchNorm → 10×10×256",
      "activation relu → 10×10×256",
      "conv 1×1/1 → 10×10×1024",
      "batchNorm → 10×10×1024",
      "add → 10×10×1024",
      "activation relu → 10×10×1024",
      "conv 1×1/1 → 10×10×256",
      "batchNorm → 10×10×256",
      "activation relu → 10×10×256",
    ]);
  });
});

describe("other block lists", () => {
  it("R0-SP53 adds its unread #11 into #13 and has bottlenecks only", () => {
    const { blocks } = descriptionOf(modelByName("r0-sp53"));
    expect(blocks.slice(12).map(row)).toEqual([
      "#12 L3 bottleneck 80×80×512 (4 10) P3",
      "#13 L4 bottleneck 40×40×1024 (6 7 +11) P4",
      "#14 L5 bottleneck 20×20×1024 (8 13) P5",
      "#15 L7 bottleneck 5×5×1024 (6 9) P7",
      "#16 L6 bottleneck 10×10×1024 (7 9) P6",
    ]);
    expect(new Set(blocks.map(({ kind }) => kind))).toEqual(new Set(["bottleneck"]));
  });

  it("R23-SP30 chains seven blocks, permutes ten and leaves none unread", () => {
    const { blocks } = descriptionOf(modelByName("r23-sp30"));
    expect(blocks.map(row)).toEqual([
      "#0 L2 bottleneck 160×160×256 ()",
      "#1 L2 bottleneck 160×160×256 (0)",
      "#2 L3 bottleneck 80×80×512 (1)",
      "#3 L3 bottleneck 80×80×512 (2)",
      "#4 L4 bottleneck 40×40×1024 (3)",
      "#5 L4 bottleneck 40×40×1024 (4)",
      "#6 L5 bottleneck 20×20×1024 (5)",
      "#7 L4 bottleneck 40×40×1024 (5 6)",
      "#8 L4 bottleneck 40×40×1024 (5 6)",
      "#9 L4 bottleneck 40×40×1024 (7 8)",
      "#10 L3 bottleneck 80×80×512 (8 9)",
      "#11 L2 bottleneck 160×160×256 (9 10)",
      "#12 L4 bottleneck 40×40×1024 (5 9) P4",
      "#13 L3 bottleneck 80×80×512 (9 10) P3",
      "#14 L5 bottleneck 20×20×1024 (9 10) P5",
      "#15 L7 bottleneck 5×5×1024 (11 13) P7",
      "#16 L6 bottleneck 10×10×1024 (9 14) P6",
    ]);
  });

  it("SpineNet-Mobile is SpineNet-49 behind one more block at level 1, every block an MBConv", () => {
    const mobile = descriptionOf(modelByName("spinenet-mobile-49")).blocks;
    const shifted = descriptionOf(spineNet49).blocks.slice(2);
    expect(mobile.slice(0, 3).map(row)).toEqual([
      "#0 L1 mbconv 192×192×16 ()",
      "#1 L2 mbconv 96×96×24 (0)",
      "#2 L2 mbconv 96×96×24 (0 1)",
    ]);
    expect(mobile.slice(3).map(({ level, parents, dangling }) => ({ level, parents, dangling }))).toEqual(
      shifted.map(({ level, parents, dangling }) => ({
        level,
        parents: parents.map((parent) => parent + 1),
        dangling: dangling.map((parent) => parent + 1),
      })),
    );
  });

  it("ResNet-50 is one chain of 3, 4, 6 and 3 bottlenecks, halving where a level begins", () => {
    const { blocks } = descriptionOf(modelByName("resnet-50-fpn"));
    expect(blocks.map(({ level }) => level).join("")).toBe("2223333444444555");
    expect(blocks.at(-1)?.shape).toEqual([20, 20, 2048]);
    const strided = layersOf(modelByName("resnet-50-fpn")).filter(
      (layer) => layer.op === "conv" && layer.attributes.stride === 2 && /^block\d+\/conv/.test(layer.name),
    );
    expect(strided.map(({ name }) => name)).toEqual(["block3/conv2", "block7/conv2", "block13/conv2"]);
  });

  it("SpineNet-96 repeats a block's body, stem included, but resamples once", () => {
    const repeated = layersOf(modelByName("spinenet-96"));
    expect(layersNamed(repeated, "block0/repeat1/").length).toBeGreaterThan(0);
    expect(layersNamed(repeated, "block16/repeat1/")[0]?.inputs).toEqual(["block16/repeat0/activation"]);
    expect(repeated.filter(({ name }) => name.endsWith("/expand"))).toHaveLength(30);
    const endpoint = repeated.find(({ name }) => name === "endpoint6/conv");
    expect(endpoint?.inputs).toEqual(["block16/repeat1/activation"]);
  });

  it("drops more often the later the block: of 15 learned ones the rate times i/15, and never in the stem", () => {
    const model = { ...spineNet49, backbone: { ...spineNet49.backbone, dropConnect: 0.3 } };
    const rates = layersOf(model).flatMap(({ op, name, attributes }) =>
      op === "dropConnect" && "rate" in attributes ? [`${name} ${attributes.rate.toFixed(2)}`] : [],
    );
    // 0.3 × 1/15 = 0.02, 0.3 × 15/15 = 0.3.
    expect([rates.length, rates[0], rates.at(-1)]).toEqual([
      15,
      "block2/dropConnect 0.02",
      "block16/dropConnect 0.30",
    ]);
  });
});
