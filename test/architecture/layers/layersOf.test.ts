import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName, modelNames } from "../../../src/architecture/families/modelByName.js";
import type { Layer, Part } from "../../../src/architecture/layers/layer.js";
import { graphOf, layersOf } from "../../../src/architecture/layers/layersOf.js";
import { arbitraryModel } from "../arbitraryModel.js";
import { ofBlock } from "./layersNamed.js";

function expectSound(layers: readonly Layer[]): void {
  const before = new Map<string, Layer>();
  for (const layer of layers) {
    expect(before.has(layer.name), `${layer.name} occurs twice`).toBe(false);
    const inputs = layer.inputs.map((name) => before.get(name));
    expect(inputs, `${layer.name} reads a layer that does not precede it`).not.toContain(undefined);
    if (layer.op === "add") {
      for (const input of inputs)
        expect(input?.shape, `${layer.name} adds unequal maps`).toEqual(layer.shape);
    }
    before.set(layer.name, layer);
  }
}

describe("layersOf", () => {
  it.each(modelNames)(
    "lists %s so that inputs precede, names are unique and sums are of equal maps",
    (name) => {
      expectSound(layersOf(modelByName(name)));
    },
  );

  it("does so for any valid block list, and its description sums to the whole", () => {
    fc.assert(
      fc.property(arbitraryModel, (model) => {
        expectSound(layersOf(model));
        const whole = descriptionOf(model);
        const pieces = [...whole.blocks, ...whole.parts];
        const sum = (pick: (piece: (typeof pieces)[number]) => number): number =>
          pieces.reduce((total, piece) => total + pick(piece), 0);
        expect(sum(({ parameters }) => parameters.trainable)).toBe(whole.parameters.trainable);
        expect(sum(({ parameters }) => parameters.total)).toBe(whole.parameters.total);
        expect(sum(({ multiplyAdds }) => multiplyAdds)).toBe(whole.multiplyAdds);
      }),
      { numRuns: 60 },
    );
  });

  it("gives every output a path back to the input, whatever the block list", () => {
    fc.assert(
      fc.property(arbitraryModel, (model) => {
        const { layers, outputs } = graphOf(model);
        const reached = new Set(["input"]);
        for (const { name, inputs } of layers)
          if (inputs.some((input) => reached.has(input))) reached.add(name);
        expect(outputs.filter(({ layer }) => !reached.has(layer))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it.each(modelNames)("tells of each layer of %s which part it belongs to", (name) => {
    for (const { name: layer, part, label } of layersOf(modelByName(name))) {
      expect(layer.split("/")).toContain(label);
      expect(layer).toMatch(nameWithin(part));
    }
  });

  it("leaves out a block that reaches no output", () => {
    const model = modelByName("spinenet-49");
    // #11 is read by nobody; as a residual block it has 256 channels, so that #14 (1024) does not take it in.
    const blocks = model.backbone.blocks.map((block, position) =>
      position === 9 ? { ...block, kind: "residual" as const } : block,
    );
    const layers = layersOf({ ...model, backbone: { ...model.backbone, blocks } });
    expect(ofBlock(layers, 11)).toEqual([]);
  });

  it("ends in two outputs a level: classes first, then boxes, levels 3 to 7", () => {
    expect(graphOf(modelByName("spinenet-49")).outputs.map(({ kind, level }) => `${kind} ${level}`)).toEqual([
      "class 3",
      "class 4",
      "class 5",
      "class 6",
      "class 7",
      "box 3",
      "box 4",
      "box 5",
      "box 6",
      "box 7",
    ]);
  });
});

/** What a part's layers are called, which weights files depend on. */
function nameWithin(part: Part): RegExp {
  switch (part.kind) {
    case "stem":
      return /^(stem\/|input$)/;
    case "block":
      return new RegExp(
        `^block${part.block}/${part.repeat === undefined ? "" : `repeat${part.repeat}/`}\\w+$`,
      );
    case "connection":
      return new RegExp(`^block${part.child}/parent${part.place}/`);
    case "endpoint":
      return new RegExp(`^endpoint${part.level}/`);
    case "pyramid":
      return new RegExp(`^fpn/[a-zA-Z]+${part.level}(Activation)?$`);
    case "head": {
      if (part.branch === "logits") return /^head\//;
      const stage = part.stage === "prediction" ? "Predict" : part.stage;
      return new RegExp(`^head/${part.branch}${stage}[a-zA-Z]*/level${part.level}$`);
    }
  }
}
