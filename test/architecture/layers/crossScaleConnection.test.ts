import { describe, expect, it } from "vitest";
import type { Connection } from "../../../src/architecture/costs/connections.js";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { type ModelName, modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { layersNamed, told } from "./layersNamed.js";

/** "#3→#4 256→128, up ×2, →512". */
function connectionTold(
  shapes: readonly (readonly number[])[],
  { from, to, kind, ratio, operations }: Connection,
): string {
  const pools = operations.filter(({ op }) => op === "maxPool").length;
  const convs = operations.filter(({ op, stride }) => op === "conv" && stride === 2).length;
  const how =
    kind === "same" ? "same" : `${kind} ×${ratio}${kind === "down" ? ` (${convs} conv, ${pools} pool)` : ""}`;
  return `#${from}→#${to} ${shapes[from]?.[2]}→${operations[0]?.output[2]}, ${how}, →${operations.at(-1)?.output[2]}`;
}

function connectionsTold(name: ModelName): string[] {
  const { blocks, connections } = descriptionOf(modelByName(name));
  const shapes = blocks.map(({ shape }) => shape);
  return connections
    .filter(({ operations }) => operations.length > 0)
    .map((connection) => connectionTold(shapes, connection));
}

describe("resampling", () => {
  it("of SpineNet-49 is the published one on each of the 30 connections, equal levels included", () => {
    expect(connectionsTold("spinenet-49")).toEqual([
      "#0→#2 256→32, same, →256",
      "#1→#2 256→32, same, →256",
      "#0→#3 256→32, down ×4 (1 conv, 1 pool), →256",
      "#1→#3 256→32, down ×4 (1 conv, 1 pool), →256",
      "#2→#4 256→32, down ×2 (1 conv, 0 pool), →512",
      "#3→#4 256→128, up ×2, →512",
      "#2→#5 256→32, down ×4 (1 conv, 1 pool), →1024",
      "#4→#5 512→64, down ×2 (1 conv, 0 pool), →1024",
      "#3→#6 256→128, down ×4 (1 conv, 1 pool), →256",
      "#5→#6 1024→128, down ×4 (1 conv, 1 pool), →256",
      "#3→#7 256→128, same, →1024",
      "#5→#7 1024→128, same, →1024",
      "#6→#8 256→128, up ×2, →256",
      "#7→#8 1024→128, down ×2 (1 conv, 0 pool), →256",
      "#6→#9 256→128, down ×2 (1 conv, 0 pool), →256",
      "#8→#9 256→128, down ×4 (1 conv, 1 pool), →256",
      "#8→#10 256→128, same, →1024",
      "#9→#10 256→128, up ×4, →1024",
      "#8→#11 256→128, same, →1024",
      "#10→#11 1024→128, same, →1024",
      "#5→#12 1024→128, same, →1024",
      "#10→#12 1024→128, up ×2, →1024",
      "#4→#13 512→64, same, →512",
      "#10→#13 1024→128, up ×4, →512",
      "#7→#14 1024→128, down ×2 (1 conv, 0 pool), →1024",
      "#12→#14 1024→128, down ×2 (1 conv, 0 pool), →1024",
      "#5→#15 1024→128, down ×8 (1 conv, 2 pool), →1024",
      "#14→#15 1024→128, down ×4 (1 conv, 1 pool), →1024",
      "#12→#16 1024→128, down ×4 (1 conv, 1 pool), →1024",
      "#14→#16 1024→128, down ×2 (1 conv, 0 pool), →1024",
    ]);
  });

  it("truncates scaled widths: 49S has 41, 83 and 166 filters, and 20, 41 and 83 of them between", () => {
    // 64, 128, 256 × 0.65 = 41.6, 83.2, 166.4; 41, 83, 166 × 0.5 = 20.5, 41.5, 83.
    const of49s = connectionsTold("spinenet-49s");
    expect(of49s[0]).toBe("#0→#2 164→20, same, →164");
    expect(of49s[7]).toBe("#4→#5 332→41, down ×2 (1 conv, 0 pool), →664");
    expect(of49s[8]).toBe("#3→#6 166→83, down ×4 (1 conv, 1 pool), →166");
  });

  it("keeps a parent's whole 3×3 width at α 1: 256 of a bottleneck's 1024 channels and of a residual's 256", () => {
    const of143 = connectionsTold("spinenet-143");
    expect([of143[8], of143[9]]).toEqual([
      "#3→#6 256→256, down ×4 (1 conv, 1 pool), →256",
      "#5→#6 1024→256, down ×4 (1 conv, 1 pool), →256",
    ]);
  });

  it("activates after each step but the last, whose batch norm goes straight into the sum", () => {
    const layers = layersOf(modelByName("spinenet-49"));
    expect(layersNamed(layers, "block15/parent1/").map(told)).toEqual([
      "conv 1×1/1 → 20×20×128",
      "batchNorm → 20×20×128",
      "activation relu → 20×20×128",
      "conv 3×3/2 → 10×10×128",
      "batchNorm → 10×10×128",
      "activation relu → 10×10×128",
      "maxPool 3×3/2 → 5×5×128",
      "conv 1×1/1 → 5×5×1024",
      "batchNorm → 5×5×1024",
    ]);
    const sums = layers.filter(({ name }) => name.endsWith("/fuse"));
    for (const { inputs } of sums)
      for (const input of inputs.slice(0, 2)) expect(input).toMatch(/expandNorm$/);
  });

  it("of mobile networks has one depthwise convolution a halving and no first 1×1", () => {
    const layers = layersOf(modelByName("spinenet-mobile-49"));
    // #6 (level 4, 24 px) into #16 (level 7, 3 px): three halvings.
    expect(layersNamed(layers, "block16/parent0/").map(told)).toEqual([
      "depthwiseConv 3×3/2 → 12×12×80",
      "batchNorm → 12×12×80",
      "activation swish → 12×12×80",
      "depthwiseConv 3×3/2 → 6×6×80",
      "batchNorm → 6×6×80",
      "activation swish → 6×6×80",
      "depthwiseConv 3×3/2 → 3×3×80",
      "batchNorm → 3×3×80",
      "activation swish → 3×3×80",
      "conv 1×1/1 → 3×3×112",
      "batchNorm → 3×3×112",
    ]);
  });
});

describe("the two official codes", () => {
  it("pool differently on one connection of SpineNet-49 only: #5→#15, ×8", () => {
    const pools = (padding: "same" | "symmetric"): string[] =>
      layersOf(modelByName("spinenet-49", { padding }))
        .filter(({ op }) => op === "maxPool")
        .map((layer) => `${layer.name} ${told(layer)}`);
    const garden = pools("same");
    const tf1 = pools("symmetric");
    expect(garden.filter((pool) => !tf1.includes(pool))).toEqual([
      "block15/parent0/pool1 maxPool 3×3/2 → 10×10×128",
      "block15/parent0/pool2 maxPool 3×3/2 → 5×5×128",
    ]);
    expect(tf1.filter((pool) => !garden.includes(pool))).toEqual([
      "block15/parent0/pool1 maxPool 5×5/4 → 5×5×128",
    ]);
  });

  it("differ on three connections of R0-SP53: #6→#15, #9→#15 and #7→#16", () => {
    const withOneLargePool = layersOf(modelByName("r0-sp53", { padding: "symmetric" })).filter(
      (layer) => layer.op === "maxPool" && layer.attributes.size === 5,
    );
    expect(
      withOneLargePool.map(({ part }) => part.kind === "connection" && `#${part.parent}→#${part.child}`),
    ).toEqual(["#6→#15", "#9→#15", "#7→#16"]);
  });

  it("meet 224 px classification on TF1's path: 14 cells to 2 by convolution, 5×5 pool by 3, and a resize", () => {
    const layers = layersOf(
      modelByName("spinenet-49", { head: "classifier", size: 224, padding: "symmetric" }),
    );
    expect(
      layersNamed(layers, "block15/parent0/")
        .filter(({ op }) => op !== "batchNorm" && op !== "activation")
        .map(told),
    ).toEqual([
      "conv 1×1/1 → 14×14×128",
      "conv 3×3/2 → 7×7×128",
      "maxPool 5×5/3 → 3×3×128",
      "resizeNearest → 2×2×128",
      "conv 1×1/1 → 2×2×1024",
    ]);
  });
});
