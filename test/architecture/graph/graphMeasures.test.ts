import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import {
  type FeatureGraph,
  type FeatureNode,
  featureGraphOf,
} from "../../../src/architecture/graph/featureGraph.js";
import { measureGraph } from "../../../src/architecture/graph/graphMeasures.js";
import type { Level } from "../../../src/architecture/model/level.js";
import { arbitraryModel } from "../arbitraryModel.js";

const block = (level: Level, ...inputs: number[]): FeatureNode => ({ level, inputs, block: true });
const map = (level: Level, ...inputs: number[]): FeatureNode => ({ level, inputs, block: false });

describe("a graph's measures", () => {
  it("of a chain are its length, one path, and no way back to finer maps", () => {
    const chain = { nodes: [block(2), block(3, 0), block(5, 1)], outputs: [2] };
    expect(measureGraph(chain)).toEqual({
      outputs: [{ level: 5, shortestPath: 3, longestPath: 3, paths: 1, meanPath: 3, scales: 3 }],
      shortestPath: 3,
      longestPath: 3,
      paths: 1,
      meanPath: 3,
      scales: 3,
      finerInOrder: 0,
      coarserInOrder: 2,
      finerOnPath: 0,
      coarserOnPath: 2,
      reach: 1,
      usedBlocks: 3,
    });
  });

  it("count every path, and what goes up and down on each", () => {
    //            0 (L2) → 1 (L2), 2 (L4) reads 0 and 1, 3 (L3) reads 1 and 2
    const graph = { nodes: [block(2), block(2, 0), block(4, 0, 1), block(3, 1, 2)], outputs: [3] };
    // Paths to 3: 0 1 3, 0 2 3, 0 1 2 3: of 3, 3 and 4 blocks. The latter two go L4 → L3, each of the three once
    // from L2 to something coarser. Levels in order: 2, 2, 4, 3. Connections reach back 1; 2, 1; 2, 1.
    expect(measureGraph(graph)).toEqual({
      outputs: [{ level: 3, shortestPath: 3, longestPath: 4, paths: 3, meanPath: 10 / 3, scales: 3 }],
      shortestPath: 3,
      longestPath: 4,
      paths: 3,
      meanPath: 10 / 3,
      scales: 3,
      finerInOrder: 1,
      coarserInOrder: 1,
      finerOnPath: 2 / 3,
      coarserOnPath: 1,
      reach: 7 / 5,
      usedBlocks: 4,
    });
  });

  it("leave out a block that leads to no output, but for its place in the order", () => {
    const graph = { nodes: [block(2), block(6, 0), block(3, 0)], outputs: [2] };
    const measures = measureGraph(graph);
    expect(measures.usedBlocks).toBe(2);
    expect(measures.outputs).toEqual([
      { level: 3, shortestPath: 2, longestPath: 2, paths: 1, meanPath: 2, scales: 2 },
    ]);
    // L2, L6, L3: up and down in the order, though only 0 → 2 is computed, two places back.
    expect([measures.coarserInOrder, measures.finerInOrder, measures.reach]).toEqual([1, 1, 2]);
  });

  it("do not count a pyramid's map as a block, but do count its way back to a finer level", () => {
    // A pyramid on two blocks: P4 (2) from block 1, P3 (3) from block 0 and P4.
    const graph = { nodes: [block(3), block(4, 0), map(4, 1), map(3, 0, 2)], outputs: [3, 2] };
    const measures = measureGraph(graph);
    expect(measures.outputs).toEqual([
      // 0 → P3, and 0 → 1 → P4 → P3
      { level: 3, shortestPath: 1, longestPath: 2, paths: 2, meanPath: 1.5, scales: 2 },
      { level: 4, shortestPath: 2, longestPath: 2, paths: 1, meanPath: 2, scales: 2 },
    ]);
    expect([measures.shortestPath, measures.longestPath, measures.paths]).toEqual([1.5, 2, 3]);
    // Blocks on the three paths: 1, 2, 2. One of the three goes finer, P4 → P3; two go coarser, 0 → 1.
    expect([measures.meanPath, measures.finerOnPath, measures.coarserOnPath]).toEqual([5 / 3, 1 / 3, 2 / 3]);
    expect([measures.usedBlocks, measures.reach]).toEqual([2, 1]);
  });

  it("agree with walking every path, on any network", () => {
    fc.assert(
      fc.property(arbitraryModel, (model) => {
        const graph = featureGraphOf(descriptionOf({ ...model, decoder: { kind: "none" } }));
        const { outputs, paths, finerOnPath } = measureGraph(graph);
        const walked = graph.outputs.map((output) => walk(graph, output));
        expect(outputs.map((output) => [output.shortestPath, output.longestPath, output.paths])).toEqual(
          walked.map((ways) => {
            const lengths = ways.map((way) => way.length);
            return [Math.min(...lengths), Math.max(...lengths), ways.length];
          }),
        );
        const all = walked.flat();
        const finer = all.map(
          (way) =>
            way.slice(1).filter((to, at) => graph.nodes[to]!.level < graph.nodes[way[at]!]!.level).length,
        );
        expect(paths).toBe(all.length);
        expect(finerOnPath).toBeCloseTo(finer.reduce((sum, count) => sum + count, 0) / all.length, 12);
      }),
    );
  });
});

/** Every path from the input to a node, as the nodes on it. */
function walk({ nodes }: FeatureGraph, to: number): number[][] {
  const { inputs } = nodes[to]!;
  if (inputs.length === 0) return [[to]];
  return inputs.flatMap((input) => walk({ nodes, outputs: [] }, input).map((way) => [...way, to]));
}

describe("the published graphs", () => {
  const measuresOf = (name: "spinenet-49" | "resnet-50-fpn") =>
    measureGraph(featureGraphOf(descriptionOf(modelByName(name))));

  it("SpineNet-49 reaches P3 on 44 paths of 4 to 10 blocks", () => {
    // Paths by block, each the sum of its parents': 1, 1, 2, 2, 4, 6, 8, 8, 16, 24, 40, 56; 12 is 6 + 40, 13 is 4 + 40.
    const [finest] = measuresOf("spinenet-49").outputs;
    expect(finest).toMatchObject({ level: 3, paths: 44, shortestPath: 4, longestPath: 10, scales: 6 });
  });

  it("SpineNet-49 counts block 11, which is only added, among P5's paths", () => {
    // 14 reads 7 (8 paths) and 12 (46), and takes in 11 (56).
    const output = measuresOf("spinenet-49").outputs.find(({ level }) => level === 5);
    expect(output?.paths).toBe(8 + 46 + 56);
  });

  it("ResNet-50-FPN reaches P3 on three paths, from each of the levels that its pyramid reads", () => {
    // After 3 + 4 blocks (C3), 3 + 4 + 6 (C4) and all 16 (C5).
    const [finest, ...others] = measuresOf("resnet-50-fpn").outputs;
    expect(finest).toEqual({
      level: 3,
      shortestPath: 7,
      longestPath: 16,
      paths: 3,
      meanPath: 12,
      // Levels 2 to 5: P4 and P5 are of levels that the backbone has already.
      scales: 4,
    });
    expect(others.map(({ paths }) => paths)).toEqual([2, 1, 1, 1]);
  });
});
