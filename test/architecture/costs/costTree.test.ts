import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costBy, costMeasures, leavesOf, shareOf } from "../../../src/architecture/costs/costShares.js";
import { type CostNode, costTree, pathTo } from "../../../src/architecture/costs/costTree.js";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName, modelNames } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";

const spineNet = costTree(modelByName("spinenet-49"));
const find = (root: CostNode, id: string): CostNode => pathTo(root, id).at(-1)!;
const namesOf = (node: CostNode): string[] => node.children.map(({ name }) => name);
const allNodes = (node: CostNode): CostNode[] => [node, ...node.children.flatMap(allNodes)];

describe("the tree of a network's cost", () => {
  it.each(modelNames)("of %s sums to what the network costs, at every node and at all of them", (name) => {
    const model = modelByName(name);
    const root = costTree(model);
    const whole = descriptionOf(model);
    expect([root.parameters, root.multiplyAdds]).toEqual([whole.parameters, whole.multiplyAdds]);
    for (const node of allNodes(root).filter(({ children }) => children.length > 0)) {
      const sum = (of: (node: CostNode) => number): number =>
        node.children.reduce((total, child) => total + of(child), 0);
      expect(sum(({ parameters }) => parameters.trainable)).toBe(node.parameters.trainable);
      expect(sum(({ parameters }) => parameters.total)).toBe(node.parameters.total);
      expect(sum(({ multiplyAdds }) => multiplyAdds)).toBe(node.multiplyAdds);
    }
  });

  it.each(modelNames)("of %s has every layer once, and every id once", (name) => {
    const root = costTree(modelByName(name));
    const layers = leavesOf(root).map(({ layer }) => layer?.name);
    expect(layers.toSorted()).toEqual(
      layersOf(modelByName(name))
        .map((layer) => layer.name)
        .toSorted(),
    );
    const ids = allNodes(root).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("sums at any input, width, repeat and number of endpoint channels", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...modelNames),
        fc.integer({ min: 1, max: 6 }).map((cells) => 128 * cells),
        fc.constantFrom(0.25, 0.65, 1, 1.3),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 64 }),
        (name, size, width, repeats, endpoints) => {
          // A ResNet's depth is its chain, so it has no repeats to change.
          const options = name.startsWith("resnet") ? { size, width } : { size, width, repeats, endpoints };
          const model = modelByName(name, options);
          const { parameters, multiplyAdds } = descriptionOf(model);
          const root = costTree(model);
          expect([root.parameters, root.multiplyAdds]).toEqual([parameters, multiplyAdds]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("agrees with the description on each block with its connections, and on each other part", () => {
    const { blocks, connections, parts } = descriptionOf(modelByName("spinenet-49"));
    for (const { id, multiplyAdds } of blocks) {
      const into = find(spineNet, "resampling").children.filter((child) => child.name.endsWith(` → ${id}`));
      const resampled = into.reduce((sum, child) => sum + child.multiplyAdds, 0);
      expect(find(spineNet, `blocks/${id}`).multiplyAdds + resampled).toBe(multiplyAdds);
    }
    const resampling = connections.reduce((sum, connection) => sum + connection.multiplyAdds, 0);
    expect(find(spineNet, "resampling").multiplyAdds).toBe(resampling);
    for (const { id, multiplyAdds } of parts) expect(find(spineNet, id).multiplyAdds).toBe(multiplyAdds);
  });

  it("has the parts of its family", () => {
    expect(namesOf(spineNet)).toEqual(["Stem", "Blocks", "Resampling", "Endpoints", "Head"]);
    expect(namesOf(costTree(modelByName("resnet-50-fpn")))).toEqual([
      "Stem",
      "Blocks",
      "Feature pyramid",
      "Head",
    ]);
    // Two blocks in the stem and 15 learned ones; each of the 15 has two parents.
    expect(find(spineNet, "blocks").children).toHaveLength(17);
    expect(find(spineNet, "resampling").children).toHaveLength(30);
  });

  it("shows a repeated block as its repeats", () => {
    const root = costTree(modelByName("spinenet-96"));
    expect(namesOf(find(root, "blocks/5"))).toEqual(["fuse", "fuseActivation", "Repeat 1", "Repeat 2"]);
  });

  it("shows a convolution that levels share as one, its parameters at the finest", () => {
    const convolution = find(spineNet, "head/class/0");
    const convolutions = convolution.children.filter(({ layer }) => layer?.op === "conv");
    // 3 × 3 × 256 × 256 + 256 = 590,080.
    expect(convolutions.map(({ level, parameters }) => [level, parameters.trainable])).toEqual([
      [3, 590_080],
      [4, 0],
      [5, 0],
      [6, 0],
      [7, 0],
    ]);
  });

  it("knows the level of a block, an endpoint, and of each step of a resampling", () => {
    expect(find(spineNet, "blocks/15").level).toBe(7);
    expect(find(spineNet, "endpoint/3").level).toBe(3);
    // 5 → 15: from level 4 by a strided convolution and two pools to level 7.
    const steps = find(spineNet, "resampling/15/0").children.filter(({ layer }) =>
      ["conv", "maxPool"].includes(layer?.op ?? ""),
    );
    expect(steps.map(({ name, level }) => [name, level])).toEqual([
      ["reduce", 4],
      ["down", 5],
      ["pool1", 6],
      ["pool2", 7],
      ["expand", 7],
    ]);
    expect(spineNet.level).toBeUndefined();
  });

  it("tells of a classifier too", () => {
    const model = modelByName("spinenet-49", { head: "classifier", size: 224, padding: "symmetric" });
    expect(costTree(model).multiplyAdds).toBe(descriptionOf(model).multiplyAdds);
  });
});

describe("the way to a node", () => {
  it("leads from the network down to it, and nowhere where it is none", () => {
    expect(pathTo(spineNet, "endpoint3/conv").map(({ id }) => id)).toEqual([
      "network",
      "endpoints",
      "endpoint/3",
      "endpoint3/conv",
    ]);
    expect(pathTo(spineNet, "endpoint/2")).toEqual([]);
  });
});

describe("shares of a cost", () => {
  it.each(modelNames)("of %s sum to the whole", (name) => {
    const root = costTree(modelByName(name));
    for (const measure of costMeasures) {
      const parts = ["stem", "blocks", "resampling", "endpoints", "pyramid", "head"] as const;
      const sum = parts.reduce((total, part) => total + shareOf(root, part, measure), 0);
      expect(sum).toBeCloseTo(1, 12);
      expect(costBy(root, measure)).toBeGreaterThan(0);
    }
  });

  it("are none where a network has no such part", () => {
    expect(shareOf(spineNet, "pyramid", "parameters")).toBe(0);
  });
});
